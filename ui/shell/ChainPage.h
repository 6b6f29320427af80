#pragma once

#include "canvas/ChainActivity.h"
#include "chain/ChainEditor.h"
#include "shell/RehearsalPanel.h"
#include "shell/Session.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QSplitter;

namespace sluice {

class ChainBar;
class ChainCanvas;
class ChainRehearsal;
class Inspector;
class NodePalette;
class TestPanel;
class TestRun;

/// The tab of the chain: palette, canvas and inspector. It edits a copy of the project's chain; what runs
/// changes when somebody applies it. For the UI thread.
class ChainPage : public QWidget
{
    Q_OBJECT

public:
    /// The session outlives it.
    explicit ChainPage(Session &session, QWidget *parent = nullptr);
    ~ChainPage() override;

    ChainEditor &editor() { return m_editor; }
    ChainCanvas *canvas() const { return m_canvas; }
    NodePalette *palette() const { return m_palette; }
    ChainBar *bar() const { return m_bar; }
    QSplitter *splitter() const { return m_splitter; }
    Inspector *inspector() const { return m_inspector; }
    /// Below the canvas, while it is wanted.
    TestPanel *testPanel() const { return m_testPanel; }
    /// Where the form of what is selected has its place, at the right.
    QWidget *inspectorSlot() const { return m_inspectorSlot; }

    /// Null before it was first opened.
    RehearsalPanel *rehearsal() const;
    /// How a rehearsal gets what the console's view in front shows.
    void setView(std::function<std::optional<RehearsalPanel::ViewRecords>()> view) { m_view = std::move(view); }

    /// Opens the rehearsal of the chain that is drawn.
    void rehearse();
    /// Runs the chain as it is drawn, if nothing is wrong with it.
    void apply();
    /// Draws the chain as it runs.
    void discard();
    /// Leaves what is drawn and not saved in a file; `atOnce` as for Session::leaveDrawing().
    void keepUnsaved(bool atOnce);
    /// Draws a chain that was kept in that file, as one that is not saved.
    void draw(const Chain &chain, const QString &path);

Q_SIGNALS:
    /// The ids of nodes and comments; none when a wire is selected, which wireSelected() tells.
    void selectionChanged(const QStringList &ids);
    void wireSelected(const Wire &wire);
    /// The form of what is selected should take the keyboard.
    void inspectRequested();
    /// Records of views are to be filtered by this expression.
    void filterRequested(const QString &expression);
    /// What passes a wire that runs is to be seen.
    void tapRequested(const Wire &wire);
    /// A sentence for the status line.
    void said(const QString &sentence);
    /// The project should be written.
    void saveRequested();
    /// Whether the chain is another than the one that was saved.
    void modifiedChanged(bool modified);

protected:
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// The session runs something else, or nothing.
    void follow();
    void show(const Chain &chain);
    void poll();
    void updatePending();
    UnsavedDrawing unsaved() const;
    /// A step was done: what is not saved is kept soon, what is saved no longer.
    void keepSoon();
    void openExample(const QString &resource);
    RehearsalPanel::Context rehearsalContext();
    void tap(const Wire &wire);
    void openTest(const std::string &node);
    void closeTest();
    Result<std::shared_ptr<const TestRun>> sendTest(const std::string &node, std::shared_ptr<LogRecordBatch> record);

    Session &m_session;
    ChainEditor m_editor;
    NodePalette *m_palette;
    ChainCanvas *m_canvas;
    ChainBar *m_bar;
    QWidget *m_inspectorSlot;
    Inspector *m_inspector;
    QSplitter *m_splitter;
    QSplitter *m_middle;
    ChainRehearsal *m_rehearsal;
    std::function<std::optional<RehearsalPanel::ViewRecords>()> m_view;
    TestPanel *m_testPanel;
    std::shared_ptr<Session::Run> m_run; ///< whose chain is edited
    ChainActivity m_activity;
    QTimer m_poll;
    QTimer m_keeping; ///< so long after a change it is kept, however many follow
    bool m_isKept = false; ///< a file has something of it, or will have
    bool m_isApplying = false;
};

} // namespace sluice
