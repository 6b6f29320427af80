#pragma once

#include "capture/Capture.h"
#include "console/ViewState.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QAction;

namespace sluice {

class ConsoleView;
class FilterMemory;
class FrameClock;
class Highlights;
class Marks;
class Settings;
class ViewTabs;
class ViewWindow;

/// All views of the capture, in tabs and in windows of their own: makes, moves, closes and remembers them. For the
/// UI thread.
class Views : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maxViews = 100;

    Views(std::shared_ptr<Capture> capture, FrameClock *clock, Settings &settings, QObject *parent);
    /// Its windows go with it.
    ~Views() override;

    ViewTabs *tabs() const { return m_tabs; }
    Marks *marks() const { return m_marks; }
    Highlights *highlights() const { return m_highlights; }
    FilterMemory *filterMemory() const { return m_filterMemory; }
    /// That of the window in front, or the current tab.
    ConsoleView *current() const;
    std::vector<ConsoleView *> all() const;
    const std::vector<ViewWindow *> &windows() const { return m_windows; }

    /// A new tab, current.
    ConsoleView *add(const ViewState &state);
    /// The last tab stays.
    void close(ConsoleView *view);
    ViewWindow *moveToWindow(ConsoleView *view);
    void moveToTabs(ConsoleView *view);

    /// Those of the last time, or one of all records.
    void restore();
    void save();
    /// Shortcuts of these work in every window.
    void setActions(const QList<QAction *> &actions) { m_actions = actions; }

Q_SIGNALS:
    /// A view was made; connect to it what the window has for views.
    void added(ConsoleView *view);
    void currentChanged(ConsoleView *view);

private:
    ConsoleView *make(const ViewState &state);
    ViewWindow *openWindow(ConsoleView *view);
    ViewWindow *windowOf(const ConsoleView *view) const;
    void forget(ViewWindow *window);

    const std::shared_ptr<Capture> m_capture;
    FrameClock *const m_clock;
    Settings &m_settings;
    Marks *m_marks;
    FilterMemory *m_filterMemory;
    Highlights *m_highlights;
    ViewTabs *m_tabs;
    std::vector<ViewWindow *> m_windows;
    QList<QAction *> m_actions;
    QTimer m_saving; ///< a while after a change, so that a crash costs little
};

} // namespace sluice
