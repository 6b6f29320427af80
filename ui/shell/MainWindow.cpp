#include "shell/MainWindow.h"

#include "chain/Router.h"
#include "console/ConsoleView.h"
#include "console/DetailPane.h"
#include "console/FilterField.h"
#include "console/FirstRunHint.h"
#include "console/FrameClock.h"
#include "console/LevelToggles.h"
#include "console/LoggerTreeView.h"
#include "console/LoggerTreeModel.h"
#include "console/RecordTable.h"
#include "shell/AboutPanel.h"
#include "shell/Actions.h"
#include "shell/Appearance.h"
#include "shell/ChainListModel.h"
#include "shell/DropFrame.h"
#include "shell/Icons.h"
#include "shell/ProblemBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/Sidebar.h"
#include "shell/StatusBar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int pollMilliseconds = 250;
constexpr int maxRecentFiles = 10;
/// Below it, the filter would be pressed between words.
constexpr int compactWidth = 960;

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

MainWindow::MainWindow(Session &session, Settings &settings)
    : m_session(session), m_settings(settings), m_actions(new Actions(this)),
      m_clock(new FrameClock(session.capture(), this)),
      m_console(new ConsoleView(session.capture(), m_clock)), m_detail(new DetailPane),
      m_filterField(new FilterField), m_levels(new LevelToggles),
      m_loggers(new LoggerTreeModel(session.capture(), this)), m_chain(new ChainListModel(this)),
      m_sidebar(new Sidebar(m_chain, m_loggers)), m_banner(new ProblemBanner), m_status(new StatusBar),
      m_splitter(new QSplitter(Qt::Horizontal)), m_recentFiles(new QMenu(tr("Open &recent"), this)),
      m_dropFrame(new DropFrame(this))
{
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    // Room is left for the frame that the window manager draws around it.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48)));
    setMinimumSize(640, 400);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_actions->fillMenuBar(*menuBar(), m_recentFiles);
    buildToolBar();
    buildCentre();
    setStatusBar(m_status);
    connectActions();
    restore();
    updateTitle();

    connect(&m_session, &Session::runsChanged, this, [this] {
        updateTitle();
        poll();
    });
    connect(&m_session, &Session::opened, this, &MainWindow::fileOpened);
    connect(&m_session, &Session::problemsFound, this, &MainWindow::showProblems);
    connect(&m_poll, &QTimer::timeout, this, &MainWindow::poll);
    m_poll.start(pollMilliseconds);
    poll();
    qApp->installEventFilter(this);
    m_console->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildToolBar()
{
    auto *bar = new QToolBar(tr("Tools"));
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setIconSize(QSize(20, 20));
    m_actions->fillToolBar(*bar);
    bar->addWidget(m_filterField);
    bar->addWidget(m_levels);
    addToolBar(bar);
    m_filterField->setAcceptDrops(false);
}

void MainWindow::buildCentre()
{
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(m_console);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({220, 680, 380});
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(centre);
}

void MainWindow::connectActions()
{
    connect(m_actions->open, &QAction::triggered, this, &MainWindow::chooseAndOpen);
    connect(m_actions->saveAs, &QAction::triggered, this, &MainWindow::chooseAndSave);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_recentFiles, &QMenu::aboutToShow, this, &MainWindow::fillRecentFiles);
    connect(m_actions->listen, &QAction::triggered, &m_session, &Session::setRunning);
    connect(m_actions->copyLines, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_console->hint()->code() + QLatin1Char('\n')); });

    connect(m_actions->pause, &QAction::triggered, m_console, &ConsoleView::setFrozen);
    connect(m_console, &ConsoleView::frozenChanged, m_actions->pause, &QAction::setChecked);
    connect(m_console, &ConsoleView::frozenChanged, this, &MainWindow::updatePauseIcon);
    connect(m_actions->follow, &QAction::triggered, m_console, &ConsoleView::setFollowing);
    connect(m_console, &ConsoleView::followingChanged, m_actions->follow, &QAction::setChecked);
    connect(m_actions->clear, &QAction::triggered, this, [this] {
        m_session.capture()->clear();
        m_detail->clear();
        m_clock->request();
    });

    connect(m_actions->find, &QAction::triggered, this, [this] {
        m_filterField->setFocus(Qt::ShortcutFocusReason);
        m_filterField->selectAll();
    });
    connect(m_actions->showAll, &QAction::triggered, this, &MainWindow::clearFilter);
    connect(m_console, &ConsoleView::clearFilterRequested, this, &MainWindow::clearFilter);
    connect(m_filterField, &QLineEdit::textChanged, this, &MainWindow::applyFilter);
    connect(m_filterField, &FilterField::left, this, [this] { m_console->table()->setFocus(); });
    connect(m_levels, &LevelToggles::changed, this, &MainWindow::applyFilter);
    connect(m_sidebar->loggerTree(), &LoggerTreeView::pickedChanged, this, &MainWindow::applyFilter);
    connect(m_console->table(), &RecordTable::currentRowChanged, this, &MainWindow::showCurrentRecord);
    connect(m_clock, &FrameClock::tick, this, [this] {
        if (m_recordAwaited)
            showCurrentRecord();
    });
    connect(m_console->hint(), &FirstRunHint::retryRequested, &m_session, &Session::restart);
    connect(m_console->hint(), &FirstRunHint::openRequested, this, &MainWindow::chooseAndOpen);

    connect(m_actions->sidebar, &QAction::toggled, this, [this](bool on) {
        m_sidebar->setVisible(on);
        m_settings.setValue(setting::showSidebar, on);
    });
    connect(m_actions->detail, &QAction::toggled, this, [this](bool on) {
        m_detail->setVisible(on);
        m_settings.setValue(setting::showDetail, on);
    });
    const auto theme = [this](QAction *action, Appearance::Mode mode) {
        connect(action, &QAction::triggered, this, [this, mode] {
            Appearance::instance().setMode(mode);
            m_settings.setValue(setting::theme, Appearance::nameOf(mode));
        });
    };
    theme(m_actions->themeSystem, Appearance::Mode::System);
    theme(m_actions->themeLight, Appearance::Mode::Light);
    theme(m_actions->themeDark, Appearance::Mode::Dark);
    connect(m_actions->keys, &QAction::triggered, this, [this] {
        if (!m_about)
            m_about = new AboutPanel(*m_actions, this);
        m_about->show();
        m_about->activateWindow();
    });
}

void MainWindow::restore()
{
    restoreGeometry(m_settings.value(setting::windowGeometry).toByteArray());
    m_splitter->restoreState(m_settings.value(setting::windowSplitter).toByteArray());
    m_sidebar->splitter()->restoreState(m_settings.value(setting::sidebarSplitter).toByteArray());
    const bool sidebar = m_settings.value(setting::showSidebar).toBool();
    const bool detail = m_settings.value(setting::showDetail).toBool();
    m_actions->sidebar->setChecked(sidebar);
    m_actions->detail->setChecked(detail);
    m_sidebar->setVisible(sidebar);
    m_detail->setVisible(detail);
    const bool follow = m_settings.value(setting::followAtStart).toBool();
    m_console->setFollowing(follow);
    m_actions->follow->setChecked(follow);
    switch (Appearance::instance().mode()) {
    case Appearance::Mode::System:
        m_actions->themeSystem->setChecked(true);
        break;
    case Appearance::Mode::Light:
        m_actions->themeLight->setChecked(true);
        break;
    case Appearance::Mode::Dark:
        m_actions->themeDark->setChecked(true);
        break;
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setValue(setting::windowGeometry, saveGeometry());
    m_settings.setValue(setting::windowSplitter, m_splitter->saveState());
    m_settings.setValue(setting::sidebarSplitter, m_sidebar->splitter()->saveState());
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_actions->setCompact(width() < compactWidth);
}

void MainWindow::poll()
{
    const std::vector<std::shared_ptr<Session::Run>> runs = m_session.runs();
    std::vector<RouterStatus> statuses;
    for (const std::shared_ptr<Session::Run> &run : runs)
        statuses.push_back(run->router->status());
    m_chain->refresh(runs, statuses);
    m_status->refresh(m_session.capture()->figures(), statuses, m_session.isBusy());
    m_loggers->refresh();
    m_actions->listen->setChecked(m_session.isRunning());
    m_actions->listen->setEnabled(m_session.project() && !m_session.isBusy());
    m_actions->saveAs->setEnabled(m_session.project() != nullptr);
    updateHint(statuses);
}

void MainWindow::updateHint(const std::vector<RouterStatus> &statuses)
{
    FirstRunHint *hint = m_console->hint();
    QString failure;
    if (m_session.project()) {
        for (const NodeStatus &node : statuses.front().nodes) {
            const ChainNode *chainNode = m_session.project()->chain.node(node.id);
            if (!chainNode || chainNode->type->kind() != NodeKind::Receiver)
                continue;
            if (node.state == NodeStatus::State::Running && chainNode->type->name() == "SocketReceiver") {
                hint->showListening(QString::fromStdString(node.endpoint));
                m_actions->copyLines->setEnabled(true);
                return;
            }
            if (node.state == NodeStatus::State::Failed && failure.isEmpty())
                failure = QString::fromStdString(node.reason);
        }
    }
    m_actions->copyLines->setEnabled(false);
    if (!failure.isEmpty())
        hint->showFailure(failure);
    else
        hint->showIdle();
}

void MainWindow::applyFilter()
{
    CaptureFilter filter;
    filter.levels = m_levels->levels();
    filter.text = m_filterField->text().toStdString();
    for (const QString &name : m_sidebar->loggerTree()->picked())
        filter.loggers.push_back(name.toStdString());
    m_console->setFilter(std::move(filter));
}

void MainWindow::clearFilter()
{
    m_filterField->clear();
    m_levels->setLevels(SeveritySet());
    m_sidebar->loggerTree()->pickAll();
    m_console->table()->setFocus();
}

void MainWindow::showCurrentRecord()
{
    const auto row = m_console->table()->currentRow();
    const CaptureSnapshot &snapshot = m_console->model()->snapshot();
    m_recordAwaited = false;
    if (!row || !snapshot.contains(*row))
        return;
    LogRecordBatch batch;
    if (const LogRecord *record = snapshot.tryRecord(*row, batch))
        m_detail->showRecord(*record);
    else
        m_recordAwaited = true;
}

void MainWindow::chooseAndOpen()
{
    const QStringList files =
        QFileDialog::getOpenFileNames(this, tr("Open"), m_settings.value(setting::lastFolder).toString(),
                                      tr("Projects, Python configurations and logs (*.sluice *.json *.ini *.conf "
                                         "*.cfg *.jsonl *.ndjson *.log);;All files (*)"));
    m_session.open(files);
}

void MainWindow::chooseAndSave()
{
    QString path = QFileDialog::getSaveFileName(this, tr("Save project as"),
                                                m_settings.value(setting::lastFolder).toString(),
                                                tr("Projects (*.sluice)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".sluice");
    if (const Status status = m_session.saveProjectAs(path); !status)
        m_banner->showProblems(QString::fromStdString(status.error().text), {});
}

void MainWindow::fileOpened(const QString &path)
{
    m_banner->hide();
    QStringList recent = m_settings.value(setting::recentFiles).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_settings.setValue(setting::recentFiles, recent.mid(0, maxRecentFiles));
    m_settings.setValue(setting::lastFolder, QFileInfo(path).absolutePath());
}

void MainWindow::showProblems(const QString &path, const Problems &problems)
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

void MainWindow::fillRecentFiles()
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

void MainWindow::updateTitle()
{
    setWindowTitle(m_session.project() ? tr("%1 — Sluice").arg(m_session.project()->title) : tr("Sluice"));
}

void MainWindow::updatePauseIcon()
{
    const bool frozen = m_console->isFrozen();
    m_actions->pause->setIcon(themedIcon(frozen ? QStringLiteral("play") : QStringLiteral("pause")));
    m_actions->pause->setIconText(frozen ? tr("Resume") : tr("Pause"));
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (localFiles(event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_dropFrame->show();
}

void MainWindow::dragMoveEvent(QDragMoveEvent *event) { event->acceptProposedAction(); }

void MainWindow::dragLeaveEvent(QDragLeaveEvent *) { m_dropFrame->hide(); }

void MainWindow::dropEvent(QDropEvent *event)
{
    m_dropFrame->hide();
    event->acceptProposedAction();
    m_session.open(localFiles(event->mimeData()));
}

bool MainWindow::eventFilter(QObject *object, QEvent *event)
{
    // Space presses the button that has the focus, before it pauses.
    if (event->type() == QEvent::ShortcutOverride && qobject_cast<QAbstractButton *>(object) &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        event->accept();
        return true;
    }
    return QMainWindow::eventFilter(object, event);
}

} // namespace sluice
