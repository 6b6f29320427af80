#pragma once

#include <QObject>

namespace sluice {

class ConsoleView;
class DetailControls;
class DetailPane;
class Views;

/// The record that the detail shows: the current one of the current view. One that has to be read from the disk is shown once it is
/// there. For the UI thread.
class ShownRecord : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it.
    ShownRecord(Views *views, DetailPane *detail, DetailControls *controls, QObject *parent);

    /// Looks at a view that was made.
    void watch(ConsoleView *view);
    /// Another view is current.
    void update();

private:
    void show(const ConsoleView &view);

    Views *const m_views;
    DetailPane *const m_detail;
    DetailControls *const m_controls;
    bool m_isAwaited = false; ///< the record is being read from the disk
};

} // namespace sluice
