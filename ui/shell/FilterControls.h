#pragma once

#include "capture/CaptureFilter.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QMenu;

namespace sluice {

class ConsoleView;
class FilterField;
class FilterMemory;
class LevelToggles;

/// The filter field and the level toggles of a window, which show and set what its current view has. What is typed
/// applies as soon as it is an expression; Enter makes a chip of it.
class FilterControls : public QObject
{
    Q_OBJECT

public:
    FilterControls(FilterField *field, LevelToggles *levels, FilterMemory *memory, QObject *parent);

    void setView(ConsoleView *view);

private:
    /// A chip that is typed anew, and comes back if that is given up.
    struct Edited
    {
        std::size_t part = 0;
        CaptureFilter::Part before;
    };

    void show();
    void apply();
    void commit(const QString &text);
    void edit(std::size_t part);
    void giveUpEdit();
    void insert(CaptureFilter &filter, const CaptureFilter::Part &part) const;
    void fillSavedMenu(QMenu &menu);

    FilterField *const m_field;
    LevelToggles *const m_levels;
    FilterMemory *const m_memory;
    QPointer<ConsoleView> m_view;
    std::optional<Edited> m_edited;
    QString m_shown; ///< the view's text, as this has shown or set it
    bool m_showing = false;
};

} // namespace sluice
