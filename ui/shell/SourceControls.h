#pragma once

#include <QObject>
#include <QPointer>

namespace sluice {

class ConsoleView;
class SourceList;
class SourceListModel;

/// The list of sources of a window, which shows and sets which of them its current view has.
class SourceControls : public QObject
{
    Q_OBJECT

public:
    SourceControls(SourceList *list, SourceListModel *model, QObject *parent);

    void setView(ConsoleView *view);

private:
    void show();
    void mute(std::uint32_t source, bool muted);
    void showAlone(std::uint32_t source);
    void showAll();

    SourceListModel *const m_model;
    QPointer<ConsoleView> m_view;
};

} // namespace sluice
