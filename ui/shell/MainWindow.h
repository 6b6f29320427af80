#pragma once

#include "capture/CaptureFilter.h"
#include "chain/RouterStatus.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <vector>

class QSplitter;

namespace sluice {

class AboutPanel;
class Actions;
class ChainListModel;
class ChainTab;
class ConsoleView;
class DetailPane;
class CommandPalette;
class DetailControls;
class Documents;
class DropFrame;
class FileCommands;
class FilterControls;
class FilterField;
class LevelToggles;
class LoggerTreeModel;
class PanelSwitches;
class KeyStoreBanner;
class ProblemBanner;
class RecoveryBanner;
class Session;
class Settings;
class ShownRecord;
class Sidebar;
class SourceCommands;
class SourceControls;
class SourceListModel;
class StatusBar;
class StoreNotices;
class ViewActions;
class Views;

/// The window: puts the parts together and lets them know of each other. Session and settings outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Session &session, Settings &settings);
    ~MainWindow() override;

    Actions *actions() const { return m_actions; }
    ViewActions *viewActions() const { return m_viewActions; }
    Views *views() const { return m_views; }
    Documents *documents() const { return m_documents; }
    StatusBar *status() const { return m_status; }
    /// The current view.
    ConsoleView *console() const;
    DetailPane *detail() const { return m_detail; }
    DetailControls *detailControls() const { return m_detailControls; }
    /// Made when it is first asked for.
    CommandPalette *commandPalette();
    FilterField *filterField() const { return m_filterField; }
    LevelToggles *levelToggles() const { return m_levels; }
    /// What was drawn when the program ended unexpectedly.
    RecoveryBanner *recovery() const { return m_recovery; }
    KeyStoreBanner *keyStoreBanner() const { return m_keyStore; }
    ProblemBanner *banner() const { return m_banner; }
    /// What is wrong with a capture or a file that is open.
    ProblemBanner *noticeBanner() const { return m_noticeBanner; }
    SourceCommands *sourceCommands() const { return m_sourceCommands; }
    ChainTab *chainTab() const { return m_chainTab; }
    Sidebar *sidebar() const { return m_sidebar; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void buildToolBar();
    void buildCentre();
    void connectActions();
    void restore();
    /// A few times a second: figures, states, loggers.
    void poll();
    void connectView(ConsoleView *view);
    /// Another view is current, or it has another state.
    void showView();
    /// Picks in the tree what the current tab's filter has.
    void showLoggers();
    void clearFilter();
    /// The project's views, once for each project.
    void showProjectViews();
    void updateTitle();

    Session &m_session;
    Settings &m_settings;
    Actions *m_actions;
    Documents *m_documents;
    Views *m_views;
    ViewActions *m_viewActions;
    DetailPane *m_detail;
    FilterField *m_filterField;
    LevelToggles *m_levels;
    FilterControls *m_filterControls;
    LoggerTreeModel *m_loggers;
    SourceListModel *m_sources;
    ChainListModel *m_chain;
    Sidebar *m_sidebar;
    SourceControls *m_sourceControls;
    SourceCommands *m_sourceCommands;
    DetailControls *m_detailControls;
    ShownRecord *m_shownRecord;
    PanelSwitches *m_switches;
    ChainTab *m_chainTab;
    RecoveryBanner *m_recovery;
    KeyStoreBanner *m_keyStore;
    ProblemBanner *m_banner;
    ProblemBanner *m_noticeBanner;
    StoreNotices *m_notices;
    StatusBar *m_status;
    QSplitter *m_splitter;
    FileCommands *m_files;
    DropFrame *m_dropFrame;
    CommandPalette *m_palette = nullptr;
    QPointer<AboutPanel> m_about;
    QTimer m_poll;
    int m_shownDocument = 0; ///< the project whose views are shown
};

} // namespace sluice
