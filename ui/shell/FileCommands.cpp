#include "shell/FileCommands.h"

#include "shell/FileAssociation.h"
#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace sluice {

namespace {

constexpr int maxRecentFiles = 10;
constexpr QLatin1String projectSuffix(".sluice");

} // namespace

FileCommands::FileCommands(Session &session, Settings &settings, ProblemBanner *banner, QWidget *window)
    : QObject(window), m_session(session), m_settings(settings), m_banner(banner), m_window(window),
      m_recentFiles(new QMenu(tr("Open &recent"), window))
{
    connect(m_recentFiles, &QMenu::aboutToShow, this, &FileCommands::fillRecentFiles);
    connect(&session, &Session::opened, this, &FileCommands::fileOpened);
    connect(&session, &Session::problemsFound, this, &FileCommands::showProblems);
}

void FileCommands::chooseAndOpen()
{
    const QStringList files =
        QFileDialog::getOpenFileNames(m_window, tr("Open"), m_settings.value(setting::lastFolder).toString(),
                                      tr("Projects, Python configurations, logs and captures (*.sluice *.json *.ini *.conf "
                                         "*.cfg *.jsonl *.ndjson *.log *.txt *.capture *.gz *.zst);;All files (*)"));
    m_session.open(files);
}

void FileCommands::setOpenedByDoubleClick(QAction *action)
{
    const Status status = fileassociation::set(action->isChecked());
    if (!status)
        m_banner->showProblems(QString::fromStdString(status.error().text), {});
    action->setChecked(fileassociation::isSet());
}

QString FileCommands::ownPath() const
{
    // A Python configuration is not written over by a project.
    const QString path = m_session.project() ? m_session.project()->path : QString();
    return path.endsWith(projectSuffix) ? path : QString();
}

QString FileCommands::choosePath()
{
    QString path = QFileDialog::getSaveFileName(m_window, tr("Save project as"), m_settings.value(setting::lastFolder).toString(),
                                                tr("Projects (*.sluice)"));
    if (!path.isEmpty() && QFileInfo(path).suffix().isEmpty())
        path += projectSuffix;
    return path;
}

bool FileCommands::saveTo(const QString &path, const Chain *drawn, const ProjectExtras &extras)
{
    const Status status = m_session.saveProjectAs(path, drawn, extras);
    if (!status)
        m_banner->showProblems(QString::fromStdString(status.error().text), {});
    return status.ok();
}

void FileCommands::remember(const QString &path)
{
    QStringList recent = m_settings.value(setting::recentFiles).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_settings.setValue(setting::recentFiles, recent.mid(0, maxRecentFiles));
}

void FileCommands::fileOpened(const QString &path)
{
    m_banner->hide();
    remember(path);
    m_settings.setValue(setting::lastFolder, QFileInfo(path).absolutePath());
}

void FileCommands::showProblems(const QString &path, const Problems &problems)
{
    const QString name = QFileInfo(path).fileName();
    QString title =
        problems.size() == 1
            ? tr("%1 was not opened: there is a problem in it.").arg(name)
            : tr("%1 was not opened: there are %2 problems in it.").arg(name).arg(problems.size());
    if (m_session.project())
        title += QLatin1Char(' ') + tr("“%1” goes on.").arg(m_session.project()->title);
    m_banner->showProblems(title, problems);
}

void FileCommands::fillRecentFiles()
{
    m_recentFiles->clear();
    for (const QString &path : m_settings.value(setting::recentFiles).toStringList()) {
        QAction *action = m_recentFiles->addAction(QFileInfo(path).fileName(), this,
                                                   [this, path] { m_session.open({path}); });
        action->setToolTip(path);
    }
    if (m_recentFiles->isEmpty())
        m_recentFiles->addAction(tr("Nothing opened yet"))->setEnabled(false);
}

} // namespace sluice
