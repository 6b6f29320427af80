#pragma once

#include "capture/RecordStore.h"
#include "chain/ProjectExtras.h"
#include "chain/Wire.h"
#include "console/HighlightRules.h"
#include "console/ViewState.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

class QAction;

namespace sluice {

class ConsoleView;
class Document;
class Documents;
class FilterMemory;
class Highlights;
class Marks;
class Settings;
class ViewTabs;
class ViewWindow;

/// All views, of the live capture and of files, in tabs and in windows of their own: makes, moves, closes and remembers
/// them. For the UI thread.
class Views : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maxViews = 100;

    /// Documents and settings outlive it.
    Views(Documents *documents, Settings &settings, QObject *parent);
    /// Its windows go with it.
    ~Views() override;

    ViewTabs *tabs() const { return m_tabs; }
    Documents *documents() const { return m_documents; }
    /// What a view shows.
    Document *documentOf(const ConsoleView *view) const;
    /// Of what the current view shows.
    Marks *marks() const;
    Highlights *highlights() const { return m_highlights; }
    FilterMemory *filterMemory() const { return m_filterMemory; }
    /// That of the window in front, or the current tab.
    ConsoleView *current() const;
    std::vector<ConsoleView *> all() const;
    const std::vector<ViewWindow *> &windows() const { return m_windows; }

    /// A new tab, current: of the file that the state names, or of what the current view shows.
    ConsoleView *add(ViewState state);
    /// A new tab, current, of the live records.
    ConsoleView *addLive(ViewState state);
    /// Goes to a view of the document, a new one if there is none.
    ConsoleView *show(Document *document);
    /// Goes to a view of what passes a wire of the chain. Null if too many are looked at.
    ConsoleView *showTap(const Wire &wire);
    /// In place of the last tab comes one of the live capture. A file is let go with its last view.
    void close(ConsoleView *view);
    ViewWindow *moveToWindow(ConsoleView *view);
    void moveToTabs(ConsoleView *view);

    /// Those of the last time, or one of all records.
    void restore();
    void save();
    /// Shows a project's views of the live capture, and its highlights, in place of the user's own, which settings keep
    /// meanwhile and which are there again for a project without any.
    void showProject(const ProjectExtras &project);
    /// What a project that is saved now keeps of them: nothing if it is what everybody begins with.
    ProjectExtras forProject() const;
    /// It was saved: what is shown is the project's from now on.
    void setSaved(const ProjectExtras &project);
    /// Shortcuts of these work in every window.
    void setActions(const QList<QAction *> &actions) { m_actions = actions; }

Q_SIGNALS:
    /// A view was made; connect to it what the window has for views.
    void added(ConsoleView *view);
    void currentChanged(ConsoleView *view);
    /// The format of a file is to be chosen.
    void formatRequested(Document *document);

private:
    /// The user's own, while those of a project are shown.
    struct Own
    {
        QJsonArray views;
        HighlightRules highlights;
    };

    ConsoleView *make(const ViewState &state);
    QJsonArray liveViews() const;
    void replaceLive(const QJsonArray &views);
    void addBar(ConsoleView *view, Document *document);
    /// A new tab, current; the current view if there are too many.
    ConsoleView *openTab(const ViewState &state);
    /// Views of the store give way to views of what the document has now.
    void remake(const std::shared_ptr<RecordStore> &before, Document *document);
    void letGo(Document *document);
    ViewWindow *openWindow(ConsoleView *view);
    ViewWindow *windowOf(const ConsoleView *view) const;
    void forget(ViewWindow *window);

    Documents *const m_documents;
    Settings &m_settings;
    FilterMemory *m_filterMemory;
    Highlights *m_highlights;
    ViewTabs *m_tabs;
    std::vector<ViewWindow *> m_windows;
    QList<QAction *> m_actions;
    std::optional<Own> m_own;
    QTimer m_saving; ///< a while after a change, so that a crash costs little
};

} // namespace sluice
