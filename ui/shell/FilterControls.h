#pragma once

#include <QObject>
#include <QPointer>

namespace sluice {

class ConsoleView;
class FilterField;
class LevelToggles;

/// The filter field and the level toggles of a window, which show and set what its current view has.
class FilterControls : public QObject
{
    Q_OBJECT

public:
    FilterControls(FilterField *field, LevelToggles *levels, QObject *parent);

    void setView(ConsoleView *view);

private:
    void show();
    void apply();

    FilterField *const m_field;
    LevelToggles *const m_levels;
    QPointer<ConsoleView> m_view;
    bool m_showing = false;
};

} // namespace sluice
