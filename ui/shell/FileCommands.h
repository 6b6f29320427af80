#pragma once

#include "base/Problem.h"

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace sluice {

class Chain;
class ProblemBanner;
struct ProjectExtras;
class Session;
class Settings;

/// Opening and saving files for a window: the dialogs, the files opened last, and what was wrong with one.
class FileCommands : public QObject
{
    Q_OBJECT

public:
    /// Session, settings and banner outlive it; the window is its parent.
    FileCommands(Session &session, Settings &settings, ProblemBanner *banner, QWidget *window);

    /// Filled when it is opened.
    QMenu *recentFiles() const { return m_recentFiles; }

    void chooseAndOpen();
    /// Whether a double click on a project opens it here; `action` stays as it is where that could not be said.
    void setOpenedByDoubleClick(QAction *action);
    /// Where the project came from, if it may be written there; else empty.
    QString ownPath() const;
    /// Asks where the project is to be saved; empty if nowhere.
    QString choosePath();
    /// Writes the project, with the chain as it is drawn, if it is; whether it was written.
    bool saveTo(const QString &path, const Chain *drawn, const ProjectExtras &extras);
    /// Puts a file among those opened last.
    void remember(const QString &path);

private:
    void fileOpened(const QString &path);
    void showProblems(const QString &path, const Problems &problems);
    void fillRecentFiles();

    Session &m_session;
    Settings &m_settings;
    ProblemBanner *const m_banner;
    QWidget *const m_window;
    QMenu *m_recentFiles;
};

} // namespace sluice
