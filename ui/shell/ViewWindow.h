#pragma once

#include <QMainWindow>

namespace sluice {

class ConsoleView;
class FilterField;
class FilterMemory;
class LevelToggles;

/// A view in a window of its own, with a filter, levels, pause and follow for it alone. The view is not its own: it
/// goes back to the tabs, or is closed, by `Views`.
class ViewWindow : public QMainWindow
{
    Q_OBJECT

public:
    ViewWindow(ConsoleView *view, FilterMemory *memory);

    ConsoleView *view() const { return m_view; }
    FilterField *filterField() const { return m_filterField; }
    LevelToggles *levelToggles() const { return m_levels; }

Q_SIGNALS:
    void backRequested();
    /// The reader closed it.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void updateTitle();

    ConsoleView *const m_view;
    FilterField *m_filterField;
    LevelToggles *m_levels;
};

} // namespace sluice
