#include "shell/ChainPage.h"

#include "canvas/CanvasActions.h"
#include "canvas/CanvasHint.h"
#include "canvas/ChainCanvas.h"
#include "canvas/NodePalette.h"
#include "capture/SeenValues.h"
#include "chain/ChainDifference.h"
#include "chain/ChainLayout.h"
#include "chain/Configuration.h"
#include "chain/Router.h"
#include "console/Words.h"
#include "inspector/Inspector.h"
#include "shell/ChainBar.h"
#include "shell/ChainRehearsal.h"
#include "shell/TestPanel.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QKeyEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace sluice {

namespace {

constexpr int pollMilliseconds = 250;
constexpr int keepMilliseconds = 1000;

qint64 monotonic() { return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1); }

/// Of what a formatter's preview is made; null if there is none, or it has to be read from a disk first.
LogRecordBatchPtr lastRecordOf(const Capture &capture)
{
    const CaptureSnapshot snapshot = capture.snapshot();
    auto batch = std::make_shared<LogRecordBatch>();
    if (snapshot.size() == 0 || !snapshot.tryRecord(snapshot.endRow() - 1, *batch))
        return nullptr;
    return batch;
}

} // namespace

ChainPage::ChainPage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_palette(new NodePalette), m_canvas(new ChainCanvas(m_editor)),
      m_bar(new ChainBar(*m_canvas)), m_inspectorSlot(new QWidget), m_splitter(new QSplitter(Qt::Horizontal)),
      m_middle(new QSplitter(Qt::Vertical)), m_rehearsal(new ChainRehearsal(m_canvas, m_middle, rehearsalContext(), this)),
      m_testPanel(new TestPanel([this](const std::string &node, std::shared_ptr<LogRecordBatch> record) { return sendTest(node, std::move(record)); }))
{
    setObjectName(QStringLiteral("chainPage"));
    auto *slot = new QVBoxLayout(m_inspectorSlot);
    slot->setContentsMargins(0, 0, 0, 0);
    m_inspectorSlot->setMinimumWidth(240);
    m_inspectorSlot->hide();
    FormContext context;
    context.folder = [this] { return m_run ? QString::fromStdString(m_run->baseDirectory) : QString(); };
    context.lastRecord = [this] { return lastRecordOf(*m_session.capture()); };
    context.seen = [this](std::function<void()> waker) { return std::make_shared<SeenValues>(m_session.capture(), std::move(waker)); };
    m_inspector = new Inspector(m_editor, std::move(context));
    slot->addWidget(m_inspector);
    connect(this, &ChainPage::selectionChanged, m_inspector, &Inspector::showItems);
    connect(this, &ChainPage::wireSelected, m_inspector, &Inspector::showWire);
    connect(this, &ChainPage::inspectRequested, m_inspector, &Inspector::focusForm);
    connect(m_inspector, &Inspector::weakestChanged, m_canvas->scene(), [this](const QString &node, const QString &why) {
        m_canvas->scene()->setWeakest(node.toStdString(), why);
    });
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    m_middle->setChildrenCollapsible(false);
    m_middle->setHandleWidth(1);
    m_middle->addWidget(m_canvas);
    column->addWidget(m_middle, 1);
    column->addWidget(m_testPanel);
    m_testPanel->hide();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_palette);
    m_splitter->addWidget(middle);
    m_splitter->addWidget(m_inspectorSlot);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({248, 712, 320});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    setFocusProxy(m_canvas);

    connect(m_palette, &NodePalette::chosen, m_canvas, [this](const NodeType &type) { m_canvas->addNode(type); });
    connect(m_canvas, &ChainCanvas::said, this, &ChainPage::said);
    connect(m_canvas, &ChainCanvas::testRequested, this, &ChainPage::openTest);
    connect(m_testPanel, &TestPanel::closed, this, &ChainPage::closeTest);
    connect(m_testPanel, &TestPanel::shownChanged, m_canvas, &ChainCanvas::showTest);
    connect(m_testPanel, &TestPanel::nodeChosen, this, [this](const QString &id) {
        if (const NodeItem *node = m_canvas->scene()->node(id.toStdString())) {
            m_canvas->scene()->select({node->id()});
            m_canvas->reveal(node->rect());
        }
    });
    connect(m_canvas->scene(), &ChainScene::stepDone, this, [this] { m_testPanel->setNodes(m_editor.chain()); });
    connect(m_canvas->scene(), &ChainScene::replaced, this, [this] { m_testPanel->setNodes(m_editor.chain()); });
    connect(m_canvas, &ChainCanvas::filterRequested, this, &ChainPage::filterRequested);
    connect(m_canvas, &ChainCanvas::tapRequested, this, &ChainPage::tap);
    connect(m_canvas, &ChainCanvas::inspectRequested, this, &ChainPage::inspectRequested);
    connect(m_canvas, &ChainCanvas::selectionChanged, this, [this](const QStringList &ids) {
        if (const std::optional<Wire> &wire = m_canvas->scene()->selectedWire())
            Q_EMIT wireSelected(*wire);
        else
            Q_EMIT selectionChanged(ids);
    });
    connect(m_canvas->scene(), &ChainScene::problemsChanged, this, &ChainPage::updatePending);
    connect(m_canvas->hint(), &CanvasHint::exampleRequested, this, &ChainPage::openExample);
    connect(m_bar, &ChainBar::rehearseRequested, this, &ChainPage::rehearse);
    connect(m_bar, &ChainBar::applyRequested, this, &ChainPage::apply);
    connect(m_bar, &ChainBar::discardRequested, this, &ChainPage::discard);
    connect(&m_session, &Session::runsChanged, this, &ChainPage::follow);
    connect(&m_session, &Session::applied, this, [this](const QString &problem) {
        m_isApplying = false;
        if (!problem.isEmpty())
            Q_EMIT said(tr("The chain that ran before goes on: %1").arg(problem));
        updatePending();
    });
    connect(m_canvas->scene(), &ChainScene::stepDone, this, &ChainPage::keepSoon);
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(keepMilliseconds);
    connect(&m_keeping, &QTimer::timeout, this, [this] {
        if (!m_run || !m_editor.isModified())
            return;
        // A disk that is slow is not asked for more than one at a time.
        if (m_session.isKeepingDrawing()) {
            m_keeping.start();
            return;
        }
        m_isKept = true;
        m_session.keepDrawing(unsaved());
    });
    connect(&m_poll, &QTimer::timeout, this, &ChainPage::poll);
    m_poll.setInterval(pollMilliseconds);
    follow();
}

ChainPage::~ChainPage()
{
    // Canvas and inspector take leave of the editor, so they go before it.
    delete m_splitter;
}

void ChainPage::follow()
{
    const std::shared_ptr<Session::Run> &run = m_session.project();
    if (run != m_run) {
        // The same project, started again or as it was drawn here: what is drawn stays, and can be undone.
        const bool isSame = m_run && run && run->document == m_run->document;
        if (!isSame)
            keepUnsaved(false);
        m_run = run;
        m_activity.clear();
        if (!isSame) {
            show(run ? run->chain : Chain());
            m_rehearsal->forget();
        }
    }
    poll();
    updatePending();
}

void ChainPage::show(const Chain &chain)
{
    Chain placed = chain;
    ChainLayout::placeUnplaced(placed);
    m_editor.replace(std::move(placed));
}

void ChainPage::poll()
{
    if (!isVisible())
        return;
    if (m_run && m_run->router)
        m_activity.update(m_run->router->status(), monotonic());
    else
        m_activity.clear();
    m_canvas->scene()->setActivity(m_activity);
}

void ChainPage::updatePending()
{
    const auto changes = static_cast<int>(differencesThatRun(m_run ? m_run->chain : Chain(), m_editor.chain()));
    m_bar->showPending(changes, static_cast<int>(m_canvas->scene()->problems().size()), m_isApplying);
    Q_EMIT modifiedChanged(m_editor.isModified());
}

void ChainPage::apply()
{
    if (const Problems problems = m_editor.chain().check(); !problems.empty()) {
        Q_EMIT said(QString::fromStdString(problems.front().text));
        return;
    }
    if (!m_run || !m_run->router)
        return;
    m_isApplying = true;
    updatePending();
    m_session.apply(m_editor.chain());
}

RehearsalPanel::Context ChainPage::rehearsalContext()
{
    RehearsalPanel::Context context;
    context.drawn = [this]() -> Result<Chain> {
        if (const Problems problems = m_editor.chain().check(); !problems.empty())
            return Error{problems.front().text};
        return m_editor.chain();
    };
    context.running = [this] { return m_run ? m_run->chain : Chain(); };
    context.baseDirectory = [this] { return m_run ? m_run->baseDirectory : QDir::currentPath().toStdString(); };
    context.capture = [this] { return std::shared_ptr<const RecordStore>(m_session.capture()); };
    context.view = [this] { return m_view ? m_view() : std::nullopt; };
    return context;
}

RehearsalPanel *ChainPage::rehearsal() const { return m_rehearsal->panel(); }

void ChainPage::rehearse()
{
    if (m_testPanel->isVisible())
        closeTest();
    m_rehearsal->open();
}

void ChainPage::discard()
{
    show(m_run ? m_run->chain : Chain());
    updatePending();
}

void ChainPage::keepUnsaved(bool atOnce)
{
    if (!m_run || !m_editor.isModified())
        return;
    m_keeping.stop();
    m_isKept = false;
    if (m_session.leaveDrawing(unsaved(), atOnce))
        Q_EMIT said(tr("What was drawn in “%1” was not saved; it is under File, Open recent").arg(m_run->title));
}

UnsavedDrawing ChainPage::unsaved() const
{
    return {m_editor.chain(), m_run->title, {m_run->path.toStdString(), m_run->baseDirectory}};
}

void ChainPage::keepSoon()
{
    if (m_editor.isModified()) {
        if (!m_keeping.isActive())
            m_keeping.start();
        return;
    }
    m_keeping.stop();
    if (std::exchange(m_isKept, false))
        m_session.forgetDrawing();
}

void ChainPage::draw(const Chain &chain, const QString &path)
{
    keepUnsaved(false);
    show(chain);
    m_editor.setUnsaved();
    m_isKept = true;
    m_session.adoptDrawing(path);
    updatePending();
}

void ChainPage::tap(const Wire &wire)
{
    const auto isThis = [&](const Wire &other) { return other.hasSameEnds(wire); };
    if (!m_run || !m_session.isRunning())
        Q_EMIT said(tr("The chain does not run: there is nothing to be seen on its wires."));
    else if (std::ranges::none_of(m_run->chain.wires(), isThis))
        Q_EMIT said(tr("This wire is drawn and does not run yet: apply the chain first."));
    else
        Q_EMIT tapRequested(wire);
}

void ChainPage::openTest(const std::string &node)
{
    // One of them at the foot is enough.
    if (m_rehearsal->isOpen())
        m_rehearsal->close();
    m_testPanel->setNodes(m_editor.chain());
    if (!node.empty())
        m_testPanel->setNode(QString::fromStdString(node));
    m_testPanel->show();
    m_testPanel->focusForm();
}

void ChainPage::closeTest()
{
    m_testPanel->hide();
    m_canvas->showTest({});
    m_canvas->setFocus();
}

Result<std::shared_ptr<const TestRun>> ChainPage::sendTest(const std::string &node, std::shared_ptr<LogRecordBatch> record)
{
    if (!m_run || !m_run->router || !m_session.isRunning())
        return Error{tr("The chain does not run.").toStdString()};
    if (!m_run->chain.node(node))
        return Error{tr("“%1” is drawn and does not run yet: apply the chain first.").arg(QString::fromStdString(node)).toStdString()};
    return m_run->router->sendTest(node, std::move(record));
}

void ChainPage::openExample(const QString &resource)
{
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly))
        return;
    Configuration example = parseConfiguration(file.readAll().toStdString(), {});
    ChainLayout::placeUnplaced(example.chain);
    // As one step: whoever did not mean it undoes it.
    {
        const ChainHistory::Step step(m_editor, "Open the example");
        for (const ChainNode &node : example.chain.nodes())
            [[maybe_unused]] const auto added = m_editor.addNode(node);
        for (const Wire &wire : example.chain.wires())
            [[maybe_unused]] const Status connected = m_editor.connect(wire);
        for (const ChainComment &comment : example.chain.comments())
            m_editor.addComment(comment);
    }
    m_canvas->fit();
    m_canvas->setFocus();
}

bool ChainPage::event(QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::event(event);
    auto *key = static_cast<QKeyEvent *>(event);
    CanvasActions *commands = m_canvas->commands();
    QAction *action = commands->find(*key);
    const bool isHistory = action && (action == commands->undo || action == commands->redo);
    // Here it is the project that one saves, and not the records.
    const bool isSave = key->matches(QKeySequence::Save);
    if (event->type() == QEvent::KeyPress && isSave) {
        Q_EMIT saveRequested();
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        // Whatever of the page has the keyboard, and does not use the key itself.
        if (!isHistory)
            return QWidget::event(event);
        commands->trigger(action);
        event->accept();
        return true;
    }
    // Single letters belong to records, of which none are seen here.
    const bool isPlain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0 && (key->key() < Qt::Key_F1 || key->key() > Qt::Key_F35);
    if (isHistory || isSave || isPlain) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void ChainPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_poll.start();
    poll();
}

void ChainPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_poll.stop();
}

} // namespace sluice
