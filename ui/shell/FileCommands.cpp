#include "shell/FileCommands.h"

#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace sluice {

namespace {

constexpr int maxRecentFiles = 10;

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
                                         "*.cfg *.jsonl *.ndjson *.log *.txt *.capture);;All files (*)"));
    m_session.open(files);
}

void FileCommands::chooseAndSave()
{
    QString path = QFileDialog::getSaveFileName(m_window, tr("Save project as"),
                                                m_settings.value(setting::lastFolder).toString(),
                                                tr("Projects (*.sluice)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".sluice");
    if (const Status status = m_session.saveProjectAs(path); !status)
        m_banner->showProblems(QString::fromStdString(status.error().text), {});
}

void FileCommands::fileOpened(const QString &path)
{
    m_banner->hide();
    QStringList recent = m_settings.value(setting::recentFiles).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_settings.setValue(setting::recentFiles, recent.mid(0, maxRecentFiles));
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
