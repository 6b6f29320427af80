#pragma once

#include "base/Problem.h"

#include <QObject>

class QMenu;
class QWidget;

namespace sluice {

class ProblemBanner;
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
    void chooseAndSave();

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
