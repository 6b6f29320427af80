#include "shell/MainWindow.h"

#include "chain/Router.h"
#include "console/CellFilters.h"
#include "console/ConsoleView.h"
#include "console/DetailPane.h"
#include "console/ExportBar.h"
#include "console/FilterChips.h"
#include "console/FilterField.h"
#include "console/FilterParts.h"
#include "console/FirstRunHint.h"
#include "console/FrameClock.h"
#include "console/LevelToggles.h"
#include "console/LoggerTreeModel.h"
#include "console/LoggerTreeView.h"
#include "console/Marks.h"
#include "console/RecordTable.h"
#include "console/RecordTableModel.h"
#include "console/SourceListModel.h"
#include "console/TimelineView.h"
#include "look/Appearance.h"
#include "look/Icons.h"
#include "shell/AboutPanel.h"
#include "shell/Actions.h"
#include "shell/ChainListModel.h"
#include "shell/ChainPage.h"
#include "shell/ChainTab.h"
#include "shell/CommandPalette.h"
#include "shell/DetailControls.h"
#include "shell/Documents.h"
#include "shell/DropFrame.h"
#include "shell/FileCommands.h"
#include "shell/FilterControls.h"
#include "shell/HintControls.h"
#include "shell/PanelSwitches.h"
#include "shell/KeyStoreBanner.h"
#include "shell/ProblemBanner.h"
#include "shell/ProjectSaver.h"
#include "shell/RecoveryBanner.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/ShownRecord.h"
#include "shell/Sidebar.h"
#include "shell/SourceCommands.h"
#include "shell/SourceControls.h"
#include "shell/StatusBar.h"
#include "shell/StoreNotices.h"
#include "shell/TabWay.h"
#include "shell/TapFeed.h"
#include "shell/TestPanel.h"
#include "shell/ViewActions.h"
#include "shell/ViewTabs.h"
#include "shell/Views.h"
#include "shell/WindowCommands.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int pollMilliseconds = 250;
/// Below it, the filter would be pressed between words.
constexpr int compactWidth = 960;

} // namespace

MainWindow::MainWindow(Session &session, Settings &settings)
    : m_session(session), m_settings(settings), m_actions(new Actions(this)),
      m_documents(new Documents(session, this)), m_views(new Views(m_documents, settings, this)),
      m_viewActions(new ViewActions(m_views, this)), m_detail(new DetailPane), m_filterField(new FilterField),
      m_levels(new LevelToggles), m_filterControls(new FilterControls(m_filterField, m_levels, m_views->filterMemory(), this)),
      m_loggers(new LoggerTreeModel(session.capture(), this)), m_sources(new SourceListModel(session.capture(), this)),
      m_chain(new ChainListModel(this)), m_sidebar(new Sidebar(m_chain, m_sources, m_loggers)),
      m_sourceControls(new SourceControls(m_sidebar->sourceList(), m_sources, this)),
      m_sourceCommands(new SourceCommands(session, settings, m_documents, m_sidebar, m_sources, this)),
      m_detailControls(new DetailControls(m_detail, session, settings, this)),
      m_shownRecord(new ShownRecord(m_views, m_detail, m_detailControls, this)),
      m_switches(new PanelSwitches(m_actions, m_sidebar, m_detail, m_views, settings, this)),
      m_chainTab(new ChainTab(session, m_actions, m_views->tabs(), m_sidebar, m_detail, this)), m_recovery(new RecoveryBanner), m_keyStore(new KeyStoreBanner(session.keyStore())),
      m_banner(new ProblemBanner), m_noticeBanner(new ProblemBanner),
      m_notices(new StoreNotices(m_documents, m_noticeBanner, this)), m_status(new StatusBar),
      m_splitter(new QSplitter(Qt::Horizontal)), m_files(new FileCommands(session, settings, m_banner, this)),
      m_dropFrame(new DropFrame(this))
{
    // Room is left for the frame that the window manager draws around it.
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(16, 48)));
    setMinimumSize(640, 400);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_actions->fillMenuBar(*menuBar(), m_files->recentFiles(), *m_viewActions);
    buildToolBar();
    buildCentre();
    setStatusBar(m_status);
    connectActions();
    restore();
    updateTitle();

    connect(&m_session, &Session::runsChanged, this, [this] {
        showProjectViews();
        updateTitle();
        poll();
        m_shownRecord->update();
    });
    connect(m_chainTab, &ChainTab::made, this, [this](ChainPage *page) {
        page->setView([this]() -> std::optional<RehearsalPanel::ViewRecords> {
            const ConsoleView *view = m_views->current();
            if (!view)
                return {};
            return RehearsalPanel::ViewRecords{view->title(), view->model()->store(), view->filter()};
        });
    });
    connect(m_chainTab, &ChainTab::said, this,
            [this](const QString &sentence) { m_status->showMessage(sentence, 10'000); });
    connect(&m_poll, &QTimer::timeout, this, &MainWindow::poll);
    m_poll.start(pollMilliseconds);
    poll();
    qApp->installEventFilter(this);
    console()->setFocus();
}

MainWindow::~MainWindow() = default;

ConsoleView *MainWindow::console() const { return m_views->current(); }

CommandPalette *MainWindow::commandPalette()
{
    if (!m_palette)
        m_palette = new CommandPalette(WindowCommands(m_actions, m_viewActions, m_views, m_session, m_settings), m_settings, this);
    return m_palette;
}

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
    m_splitter->addWidget(m_views->tabs());
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({220, 680, 380});
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_recovery);
    layout->addWidget(m_keyStore);
    layout->addWidget(m_banner);
    m_noticeBanner->setAccessibleName(tr("About the records"));
    layout->addWidget(m_noticeBanner);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(centre);
}

void MainWindow::connectActions()
{
    connect(m_actions->open, &QAction::triggered, m_files, &FileCommands::chooseAndOpen);
    connect(m_actions->doubleClick, &QAction::triggered, m_files, [this] { m_files->setOpenedByDoubleClick(m_actions->doubleClick); });
    connect(m_actions->followFile, &QAction::triggered, m_sourceCommands, &SourceCommands::followFiles);
    connect(m_actions->runProgram, &QAction::triggered, m_sourceCommands, &SourceCommands::runProgram);
    connect(m_actions->format, &QAction::triggered, this,
            [this] { m_sourceCommands->chooseFormat(m_views->documentOf(console())); });
    connect(m_actions->saveCapture, &QAction::triggered, this, [this] { console()->exportBar()->openForCapture(); });
    connect(m_dropFrame, &DropFrame::dropped, &m_session, &Session::open);
    connect(m_actions->newProject, &QAction::triggered, &m_session, &Session::startNew);
    connect(m_actions->newProject, &QAction::triggered, m_chainTab, &ChainTab::open);
    auto *saver = new ProjectSaver(m_session, m_chainTab, m_views, m_files, m_banner, this);
    connect(m_actions->saveAs, &QAction::triggered, saver, &ProjectSaver::saveAs);
    connect(m_actions->saveProject, &QAction::triggered, saver, &ProjectSaver::save);
    connect(m_chainTab, &ChainTab::saveRequested, saver, &ProjectSaver::save);
    connect(&m_session, &Session::drawingLeft, m_files, &FileCommands::remember);
    connect(&m_session, &Session::drawingsFound, this, [this](const QStringList &drawings) {
        for (auto drawing = drawings.crbegin(); drawing != drawings.crend(); ++drawing)
            m_files->remember(*drawing);
        m_recovery->offer(drawings);
    });
    connect(m_recovery, &RecoveryBanner::openRequested, this, [this](const QString &drawing) { m_session.open({drawing}); });
    connect(&m_session, &Session::drawingOpened, m_chainTab, &ChainTab::draw);
    connect(m_chainTab, &ChainTab::made, this, [this](ChainPage *page) {
        TestPanel *panel = page->testPanel();
        panel->setState(QJsonDocument::fromJson(m_settings.value(setting::testRecord).toString().toUtf8()).object());
        connect(panel, &TestPanel::stateChanged, this, [this, panel] {
            m_settings.setValue(setting::testRecord, QString::fromUtf8(QJsonDocument(panel->state()).toJson(QJsonDocument::Compact)));
        });
    });
    connect(m_chainTab, &ChainTab::filterRequested, this, [this](const QString &expression) {
        ViewState state;
        state.filter.expressions.push_back({expression.toStdString(), true, false});
        m_views->addLive(state);
    });
    connect(m_actions->putOnWire, &QAction::triggered, this,
            [this] { m_chainTab->putOnWire(QString::fromStdString(filterparts::asExpression(console()->filter()))); });
    connect(m_chainTab, &ChainTab::tapRequested, this, [this](const Wire &wire) {
        if (!m_views->showTap(wire))
            m_status->showMessage(tr("%1 wires are looked at already: close a view of one first.").arg(Documents::maxTaps), 10'000);
    });
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->listen, &QAction::triggered, &m_session, &Session::setRunning);
    connect(m_actions->copyLines, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(console()->hint()->code() + QLatin1Char('\n')); });

    QList<QAction *> everywhere{m_actions->pause, m_actions->follow, m_actions->clear};
    for (QAction *action : m_viewActions->all()) {
        everywhere << action;
        addAction(action); // also while the menu bar is out of sight
    }
    for (QAction *action : m_viewActions->highlightSelected) {
        everywhere << action;
        addAction(action);
    }
    m_views->setActions(everywhere);
    connect(m_views, &Views::formatRequested, m_sourceCommands, &SourceCommands::chooseFormat);
    connect(m_views, &Views::added, this, &MainWindow::connectView);
    connect(m_views, &Views::currentChanged, this, &MainWindow::showView);
    connect(m_actions->pause, &QAction::triggered, this, [this](bool on) { console()->setFrozen(on); });
    connect(m_actions->follow, &QAction::triggered, this, [this](bool on) { console()->setFollowing(on); });
    connect(m_actions->clear, &QAction::triggered, this, [this] {
        Document *document = m_views->documentOf(m_views->tabs()->current());
        if (document->tap()) {
            document->tap()->store()->clear();
        } else {
            document = m_documents->live();
            m_session.capture()->clear();
        }
        document->marks()->clear();
        m_detailControls->clear();
        document->clock()->request();
    });

    connect(m_actions->filter, &QAction::triggered, this, [this] {
        m_filterField->setFocus(Qt::ShortcutFocusReason);
        m_filterField->selectAll();
    });
    connect(m_actions->showAll, &QAction::triggered, this, &MainWindow::clearFilter);
    connect(m_sidebar->loggerTree(), &LoggerTreeView::pickedChanged, this, [this](const QStringList &names) {
        CaptureFilter filter = m_views->tabs()->current()->filter();
        filter.loggers.clear();
        for (const QString &name : names)
            filter.loggers.push_back(name.toStdString());
        m_views->tabs()->current()->setFilter(std::move(filter));
    });

    connect(m_detail, &DetailPane::fieldMenuOpening, this,
            [this](QMenu *menu, const QString &field, const QString &value) {
                menu->addSeparator();
                cellfilters::fillFieldMenu(*menu, *console(), field, value);
            });
    connect(m_actions->palette, &QAction::triggered, this, [this] { commandPalette()->open(); });
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
            m_about = new AboutPanel(*m_actions, *m_viewActions, this);
        m_about->show();
        m_about->activateWindow();
    });
}

void MainWindow::restore()
{
    restoreGeometry(m_settings.value(setting::windowGeometry).toByteArray());
    m_splitter->restoreState(m_settings.value(setting::windowSplitter).toByteArray());
    m_sidebar->splitter()->restoreState(m_settings.value(setting::sidebarSplitter).toByteArray());
    m_switches->restore();
    m_views->restore();
    showView();
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
    m_views->save();
    m_chainTab->keepUnsaved();
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
    m_sourceCommands->refresh(runs, statuses);
    m_notices->refresh();
    // The status bar is that of the tabs, whatever window is in front.
    const std::shared_ptr<RecordStore> &shown = m_views->tabs()->current()->capture();
    m_status->refresh({shown->figures(), shown == m_session.capture(), m_session.capture()->endRow(), m_session.isBusy()},
                      statuses);
    m_loggers->refresh();
    m_sources->refresh();
    m_actions->listen->setChecked(m_session.isRunning());
    m_actions->listen->setEnabled(m_session.project() && !m_session.isBusy());
    m_actions->format->setEnabled(m_views->documentOf(console())->log());
    m_actions->saveProject->setEnabled(m_session.project() != nullptr);
    m_actions->saveAs->setEnabled(m_session.project() != nullptr);
    m_actions->copyLines->setEnabled(HintControls::refresh(m_session, statuses, m_views->all()));
}

void MainWindow::connectView(ConsoleView *view)
{
    connect(view, &ConsoleView::clearFilterRequested, this, &MainWindow::clearFilter);
    connect(view, &ConsoleView::filterChanged, this, &MainWindow::showLoggers);
    connect(view, &ConsoleView::frozenChanged, this, &MainWindow::showView);
    connect(view, &ConsoleView::followingChanged, this, &MainWindow::showView);
    connect(view, &ConsoleView::said, this,
            [this](const QString &sentence) { m_status->showMessage(sentence, 4000); });
    connect(view->chips(), &FilterChips::wireRequested, m_chainTab, &ChainTab::putOnWire);
    connect(view, &ConsoleView::menuRequested, this, [this, view](const QPoint &position) {
        auto *menu = new QMenu(view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_viewActions->fillRecordMenu(*menu);
        cellfilters::fillMenu(*menu, *view, position);
        menu->popup(position);
    });
    m_shownRecord->watch(view);
    view->timeline()->setVisible(m_actions->timeline->isChecked());
    connect(view->hint(), &FirstRunHint::retryRequested, &m_session, &Session::restart);
    connect(view->hint(), &FirstRunHint::openRequested, m_files, &FileCommands::chooseAndOpen);
}

void MainWindow::showView()
{
    ConsoleView *tab = m_views->tabs()->current();
    if (!tab)
        return; // on the way to the next one
    const bool isLive = tab->capture() == m_session.capture();
    m_loggers->setStore(tab->capture());
    m_sources->setStore(tab->capture());
    m_sidebar->setLive(isLive);
    m_actions->clear->setEnabled(isLive || m_views->documentOf(tab)->tap());
    m_filterControls->setView(tab);
    m_sourceControls->setView(tab);
    showLoggers();
    const bool frozen = tab->isFrozen();
    m_actions->pause->setChecked(frozen);
    m_actions->pause->setIcon(themedIcon(frozen ? QStringLiteral("play") : QStringLiteral("pause")));
    m_actions->pause->setIconText(frozen ? tr("Resume") : tr("Pause"));
    m_actions->follow->setChecked(tab->isFollowing() && !frozen);
    m_shownRecord->update();
}

void MainWindow::showLoggers()
{
    const ConsoleView *tab = m_views->tabs()->current();
    if (!tab)
        return;
    QStringList loggers;
    for (const std::string &name : tab->filter().loggers)
        loggers << QString::fromStdString(name);
    if (loggers != m_sidebar->loggerTree()->picked())
        m_sidebar->loggerTree()->pick(loggers);
}

void MainWindow::clearFilter()
{
    ConsoleView *view = console();
    view->setFilter({});
    if (view == m_views->tabs()->current())
        m_sidebar->loggerTree()->pick({});
    view->table()->setFocus();
}

void MainWindow::showProjectViews()
{
    const std::shared_ptr<Session::Run> &project = m_session.project();
    if (!project || project->document == m_shownDocument)
        return;
    m_shownDocument = project->document;
    const bool isChainShown = m_actions->chain->isChecked();
    m_views->showProject(project->extras);
    m_actions->chain->setChecked(isChainShown);
}

void MainWindow::updateTitle()
{
    setWindowTitle(m_session.project() ? tr("%1 — Sluice").arg(m_session.project()->title) : tr("Sluice"));
}

bool MainWindow::focusNextPrevChild(bool next) { return TabWay::go(this, next); }

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
