#include "ShowStrings.h"
#include "canvas/CanvasActions.h"
#include "canvas/CanvasHint.h"
#include "canvas/ChainCanvas.h"
#include "canvas/CommentEditor.h"
#include "canvas/Minimap.h"
#include "canvas/NodePalette.h"
#include "canvas/NodePaletteModel.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectMigration.h"
#include "look/Appearance.h"
#include "support/Patience.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QWheelEvent>

#include <cmath>
#include <memory>
#include <random>

using namespace sluice;

namespace {

const NodeType *typeOf(const char *name) { return NodeRegistry::builtin().find(name); }

ChainNode node(const char *id, const char *type, double x = 0, double y = 0)
{
    return {id, typeOf(type), {}, x, y};
}

/// A canvas with its palette, as people have them before them.
struct Desk
{
    explicit Desk(Chain chain = {}) : editor(std::move(chain)), canvas(new ChainCanvas(editor)), palette(new NodePalette)
    {
        auto *layout = new QHBoxLayout(&window);
        layout->addWidget(palette);
        layout->addWidget(canvas, 1);
        QObject::connect(palette, &NodePalette::chosen, canvas, [this](const NodeType &type) { canvas->addNode(type); });
        QObject::connect(canvas, &ChainCanvas::said, canvas, [this](const QString &sentence) { said << sentence; });
        window.resize(1200, 760);
    }

    bool open()
    {
        window.show();
        if (!QTest::qWaitForWindowActive(&window, test::patience))
            return false;
        canvas->setZoom(1);
        canvas->setFocus();
        return true;
    }

    QPoint at(const QPointF &scene) const { return canvas->view().toView(scene).toPoint(); }
    const NodeItem &item(const char *id) const { return *canvas->scene()->node(id); }
    QPoint body(const char *id) const { return at(item(id).rect().center() + QPointF(0, -20)); }
    QPoint input(const char *id) const { return at(item(id).input()); }
    QPoint output(const char *id) const { return at(item(id).output(0)); }

    void drag(const QPoint &from, const QPoint &to, Qt::KeyboardModifiers keys = {})
    {
        hold(from, to, keys);
        QTest::mouseRelease(canvas, Qt::LeftButton, keys, to);
    }
    void hold(const QPoint &from, const QPoint &to, Qt::KeyboardModifiers keys = {})
    {
        QTest::mousePress(canvas, Qt::LeftButton, keys, from);
        for (int i = 1; i <= 5; ++i) {
            const QPoint here = from + (to - from) * i / 5;
            QMouseEvent move(QEvent::MouseMove, here, canvas->mapToGlobal(here), Qt::NoButton, Qt::LeftButton, keys);
            QApplication::sendEvent(canvas, &move);
        }
    }
    void click(const QPoint &at, Qt::KeyboardModifiers keys = {}) { QTest::mouseClick(canvas, Qt::LeftButton, keys, at); }
    void key(int key, Qt::KeyboardModifiers keys = {}) { QTest::keyClick(canvas, Qt::Key(key), keys); }

    /// What the palette's list gives to a drag, dropped on the canvas. (A drag by the system's own machinery cannot be
    /// driven by a test.)
    void dropNew(const char *type, const QPoint &to)
    {
        NodePaletteModel *model = palette->model();
        std::unique_ptr<QMimeData> data;
        for (int row = 0; row < model->rowCount(); ++row) {
            if (const NodeType *found = model->type(model->index(row)); found && found->name() == type)
                data.reset(model->mimeData({model->index(row)}));
        }
        QVERIFY2(data, type);
        QDragEnterEvent enter(to - QPoint(50, 0), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(canvas, &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(to, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(canvas, &move);
        QDropEvent drop(to, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(canvas, &drop);
    }

    std::string wires() const
    {
        std::string all;
        for (const Wire &wire : editor.chain().wires())
            all += wire.from + "." + wire.port + ">" + wire.to + " ";
        return all;
    }
    std::string text() const { return projectText(editor.chain()); }
    void undoAll()
    {
        while (editor.canUndo())
            key(Qt::Key_Z, Qt::ControlModifier);
    }

    ChainEditor editor;
    QWidget window;
    ChainCanvas *canvas;
    NodePalette *palette;
    QStringList said;
};

/// app ─▶ errors ─▶ file
Chain example()
{
    Chain chain;
    chain.addNode(node("app", "SocketReceiver", 0, 0));
    chain.addNode(node("errors", "Filter", 320, 0));
    chain.addNode(node("file", "FileHandler", 640, 0));
    chain.addWire({"app", "out", "errors", {}, {}});
    chain.addWire({"errors", "out", "file", {}, {}});
    return chain;
}

} // namespace

class CanvasTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Appearance::instance(); }

    void drawsABufferBeforeMailFromAnEmptyCanvas()
    {
        Desk desk;
        QVERIFY(desk.open());
        QVERIFY(desk.canvas->hint()->isVisible());
        const std::string before = desk.text();
        desk.dropNew("SocketReceiver", {160, 200});
        QVERIFY(!desk.canvas->hint()->isVisible());
        desk.dropNew("MemoryHandler", {520, 200});
        desk.dropNew("SMTPHandler", {640, 480});
        QCOMPARE(desk.wires(), std::string()); // nothing was close to anything
        desk.drag(desk.output("SocketReceiver"), desk.input("MemoryHandler"));
        desk.drag(desk.output("MemoryHandler"), desk.input("SMTPHandler"));
        QCOMPARE(desk.wires(), std::string("SocketReceiver.out>MemoryHandler MemoryHandler.target>SMTPHandler "));
        const std::string after = desk.text();
        desk.undoAll();
        QCOMPARE(desk.text(), before);
        QVERIFY(!desk.editor.isModified());
        QVERIFY(desk.canvas->hint()->isVisible());
        while (desk.editor.canRedo())
            desk.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(desk.text(), after);
    }

    void timedRotationConnectsWhenItIsDroppedCloseBy()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.dropNew("SocketReceiver", {300, 200});
        desk.dropNew("TimedRotatingFileHandler", {540, 220});
        QCOMPARE(desk.wires(), std::string("SocketReceiver.out>TimedRotatingFileHandler "));
        // Node and wire are one step.
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(desk.editor.chain().nodes().size(), std::size_t(1));
        // Where two ways are possible, nobody guesses.
        desk.dropNew("Filter", {300, 480});
        desk.dropNew("Filter", {540, 480});
        QCOMPARE(desk.wires(), std::string());
    }

    void aNodeDroppedOnAWireIsPutIn()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        const std::string before = desk.text();
        const QPoint middle = desk.at(desk.canvas->scene()->wires()[1].middle());
        desk.dropNew("Filter", middle);
        QCOMPARE(desk.wires(), std::string("app.out>errors errors.out>Filter Filter.out>file "));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(desk.text(), before);
        // One that lies about is too, when it is dragged there.
        QVERIFY(desk.editor.addNode(node("mine", "Filter", 320, 240)));
        desk.hold(desk.body("mine"), middle + QPoint(0, -20));
        QVERIFY(desk.canvas->overlay().plan.insertOn.has_value());
        QTest::mouseRelease(desk.canvas, Qt::LeftButton, {}, middle + QPoint(0, -20));
        QCOMPARE(desk.wires(), std::string("app.out>errors errors.out>mine mine.out>file "));
        // What does not fit is not: a receiver has no input.
        desk.dropNew("SyslogReceiver", desk.at(desk.canvas->scene()->wires()[0].middle()));
        QCOMPARE(desk.wires(), std::string("app.out>errors errors.out>mine mine.out>file "));
    }

    void aWireThatCannotBeIsRefusedWithTheReason()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        QVERIFY(desk.editor.addNode(node("other", "SyslogReceiver", 0, 240)));
        const std::string before = desk.text();
        desk.hold(desk.output("app"), desk.body("other"));
        QVERIFY(desk.canvas->overlay().draft.has_value());
        QVERIFY(!desk.canvas->overlay().draft->mayReach("other"));
        QVERIFY(desk.canvas->overlay().draft->mayReach("file"));
        QCOMPARE(desk.canvas->overlay().draft->why(), QStringLiteral("\"other\" is a receiver and takes no wire."));
        QTest::mouseRelease(desk.canvas, Qt::LeftButton, {}, desk.body("other"));
        QCOMPARE(desk.said, QStringList{QStringLiteral("\"other\" is a receiver and takes no wire.")});
        QCOMPARE(desk.text(), before);
        // From an input back to an output is a wire as well.
        desk.drag(desk.input("file"), desk.body("other"));
        QCOMPARE(desk.wires(), std::string("app.out>errors errors.out>file other.out>file "));
    }

    void deletedNodesHealTheirWires()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        const std::string before = desk.text();
        desk.click(desk.body("errors"));
        desk.key(Qt::Key_Delete);
        QCOMPARE(desk.wires(), std::string("app.out>file "));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(desk.text(), before);
        desk.click(desk.body("errors"));
        desk.key(Qt::Key_Delete, Qt::ShiftModifier);
        QCOMPARE(desk.wires(), std::string());
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        // A wire by itself.
        desk.click(desk.at(desk.canvas->scene()->wires()[0].middle()));
        QVERIFY(desk.canvas->scene()->selectedWire().has_value());
        desk.key(Qt::Key_Delete);
        QCOMPARE(desk.wires(), std::string("errors.out>file "));
    }

    void copiesGoThroughTheClipboardIntoAnotherWindow()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        desk.click(desk.body("errors"));
        desk.click(desk.body("file"), Qt::ControlModifier);
        QCOMPARE(desk.canvas->scene()->selected().size(), std::size_t(2));
        desk.key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("{\n    \"sluice\": %1,").arg(projectVersion)));
        Desk other;
        QVERIFY(other.open());
        other.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(other.wires(), std::string("errors.out>file "));
        QCOMPARE(other.canvas->scene()->selected().size(), std::size_t(2));
        // Into the same one, beside what is there.
        desk.window.activateWindow();
        desk.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(desk.wires(), std::string("app.out>errors errors.out>file errors 2.out>file 2 "));
        QVERIFY(desk.item("errors 2").position() != desk.item("errors").position());
        // Cut, as one step.
        desk.key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(desk.editor.chain().nodes().size(), std::size_t(3));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(desk.editor.chain().nodes().size(), std::size_t(5));
    }

    void whatTheClipboardHoldsOfOthersIsRefusedWithASentence()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        const std::string before = desk.text();
        for (const char *text : {"hello", "{\"sluice\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"Evil\"}]}", ""}) {
            desk.said.clear();
            QApplication::clipboard()->setText(QString::fromUtf8(text));
            desk.key(Qt::Key_V, Qt::ControlModifier);
            QCOMPARE(desk.said.size(), 1);
            QVERIFY(desk.said.front().endsWith(QLatin1Char('.')));
            QCOMPARE(desk.text(), before);
        }
    }

    void aChainIsBuiltByTheKeyboardAlone()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.palette->field()->setFocus();
        QTest::keyClicks(desk.palette->field(), QStringLiteral("socketrec"));
        QTest::keyClick(desk.palette->field(), Qt::Key_Return);
        desk.palette->field()->clear();
        QTest::keyClicks(desk.palette->field(), QStringLiteral("midnight time"));
        QVERIFY(!desk.palette->model()->firstType().isValid());
        desk.palette->field()->clear();
        QTest::keyClicks(desk.palette->field(), QStringLiteral("timedrot"));
        QTest::keyClick(desk.palette->field(), Qt::Key_Return);
        QCOMPARE(desk.editor.chain().nodes().size(), std::size_t(2));
        QVERIFY(!desk.item("SocketReceiver").rect().intersects(desk.item("TimedRotatingFileHandler").rect()));
        desk.canvas->setFocus(Qt::TabFocusReason);
        while (desk.canvas->scene()->current() != "SocketReceiver")
            desk.key(Qt::Key_Up);
        desk.key(Qt::Key_W);
        QVERIFY(desk.canvas->overlay().draft.has_value());
        QVERIFY(desk.said.last().contains(QStringLiteral("TimedRotatingFileHandler")));
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.canvas->overlay().draft.has_value());
        QCOMPARE(desk.wires(), std::string());
        desk.key(Qt::Key_W);
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.wires(), std::string("SocketReceiver.out>TimedRotatingFileHandler "));
        desk.key(Qt::Key_Right);
        QCOMPARE(desk.canvas->scene()->current(), std::string("TimedRotatingFileHandler"));
        const QPointF before = desk.item("TimedRotatingFileHandler").position();
        desk.key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(desk.item("TimedRotatingFileHandler").position(), before + QPointF(8, 0));
        // Its input is the end of wires: none begins there.
        desk.key(Qt::Key_W);
        QVERIFY(desk.said.last().contains(QStringLiteral("no output")));
        QSignalSpy inspected(desk.canvas, &ChainCanvas::inspectRequested);
        desk.key(Qt::Key_Return);
        QCOMPARE(inspected.size(), 1);
    }

    void arrowsChooseAmongTheTargetsOfAWire()
    {
        Chain chain = example();
        chain.addNode(node("mail", "SMTPHandler", 640, 240));
        Desk desk(std::move(chain));
        QVERIFY(desk.open());
        desk.click(desk.body("app"));
        desk.key(Qt::Key_W);
        std::set<std::string> seen;
        for (int i = 0; i < 2; ++i) {
            seen.insert(desk.canvas->overlay().draft->aim()->to);
            desk.key(Qt::Key_Down);
        }
        QCOMPARE(seen, (std::set<std::string>{"file", "mail"}));
        while (desk.canvas->overlay().draft->aim()->to != "mail")
            desk.key(Qt::Key_Down);
        desk.key(Qt::Key_Space);
        QVERIFY(desk.wires().ends_with("app.out>mail "));
    }

    void whatIsSaidOfAWireGoesWithIt()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        desk.click(desk.body("app"));
        desk.key(Qt::Key_W);
        QVERIFY(!desk.said.isEmpty() && !desk.said.last().isEmpty());
        desk.key(Qt::Key_Escape);
        QVERIFY(desk.said.last().isEmpty());
        desk.key(Qt::Key_W);
        QVERIFY(!desk.said.last().isEmpty());
        desk.key(Qt::Key_Space);
        QVERIFY(desk.said.last().isEmpty());
    }

    void tabAndArrowsGoFromNodeToNode()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        desk.palette->field()->setFocus();
        desk.canvas->setFocus(Qt::TabFocusReason);
        QCOMPARE(desk.canvas->scene()->current(), std::string("app"));
        desk.key(Qt::Key_Tab);
        QCOMPARE(desk.canvas->scene()->current(), std::string("errors"));
        desk.key(Qt::Key_Right);
        QCOMPARE(desk.canvas->scene()->current(), std::string("file"));
        // Behind the last, the keyboard goes on to what comes next.
        desk.key(Qt::Key_Tab);
        QVERIFY(!desk.canvas->hasFocus());
        desk.canvas->setFocus();
        desk.key(Qt::Key_Left);
        QCOMPARE(desk.canvas->scene()->current(), std::string("errors"));
        desk.key(Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(desk.canvas->scene()->current(), std::string("app"));
    }

    void movesSnapToTheGridUnlessAltIsHeld()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        const QPoint from = desk.body("errors");
        desk.drag(from, from + QPoint(13, 101));
        QCOMPARE(desk.item("errors").position(), QPointF(336, 104));
        desk.drag(desk.body("errors"), desk.body("errors") + QPoint(13, 22), Qt::AltModifier);
        QCOMPARE(desk.item("errors").position(), QPointF(349, 126));
        // Two drags are two steps.
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(desk.item("errors").position(), QPointF(336, 104));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(desk.item("errors").position(), QPointF(320, 0));
        QVERIFY(!desk.editor.isModified());
        // Given up on the way, nothing has happened.
        desk.hold(desk.body("errors"), desk.body("errors") + QPoint(80, 80));
        QVERIFY(desk.item("errors").position() != QPointF(320, 0));
        desk.key(Qt::Key_Escape);
        QCOMPARE(desk.item("errors").position(), QPointF(320, 0));
        QTest::mouseRelease(desk.canvas, Qt::LeftButton, {}, desk.body("errors") + QPoint(80, 80));
        QVERIFY(!desk.editor.canUndo());
    }

    void aBandSelectsWhatItTouches()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        desk.drag(desk.at({-40, -40}), desk.at({400, 40}));
        QCOMPARE(desk.canvas->scene()->selected(), (std::set<std::string>{"app", "errors"}));
        desk.drag(desk.at({700, 200}), desk.at({600, 40}), Qt::ShiftModifier);
        QCOMPARE(desk.canvas->scene()->selected().size(), std::size_t(3));
        // All of them move.
        desk.drag(desk.body("app"), desk.body("app") + QPoint(0, 80));
        QCOMPARE(desk.item("file").position(), QPointF(640, 80));
        QSignalSpy spy(desk.canvas, &ChainCanvas::selectionChanged);
        desk.click(desk.at({320, 400}));
        QVERIFY(desk.canvas->scene()->selected().empty());
        QVERIFY(spy.last().front().toStringList().isEmpty());
        desk.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(spy.last().front().toStringList().size(), 3);
    }

    void commentsCarryWhatLiesInThem()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        desk.click(desk.body("errors"));
        desk.key(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(desk.canvas->commentEditor()->isVisible());
        QTest::keyClicks(desk.canvas->commentEditor(), QStringLiteral("Errors only"));
        QTest::keyClick(desk.canvas->commentEditor(), Qt::Key_Escape);
        QVERIFY(!desk.canvas->commentEditor()->isVisible());
        QCOMPARE(desk.editor.chain().comments().front().text, std::string("Errors only"));
        const QRectF box = desk.canvas->scene()->comments().front().rect();
        QVERIFY(box.contains(desk.item("errors").rect()));
        desk.click(desk.at({320, 400}));
        const QPoint head = desk.at(box.topLeft() + QPointF(20, 12));
        desk.drag(head, head + QPoint(16, 80));
        QCOMPARE(desk.item("errors").position(), QPointF(336, 80));
        QCOMPARE(desk.canvas->scene()->comments().front().rect().topLeft(), box.topLeft() + QPointF(16, 80));
        const QPoint corner = desk.at(desk.canvas->scene()->comments().front().rect().bottomRight() - QPointF(4, 4));
        desk.drag(corner, corner + QPoint(64, 64));
        QVERIFY(desk.editor.chain().comments().front().width > box.width());
        const std::string before = desk.text();
        // Its double click writes again.
        QTest::mouseDClick(desk.canvas, Qt::LeftButton, {}, desk.at(desk.canvas->scene()->comments().front().rect().topLeft() + QPointF(20, 12)));
        QTest::keyClick(desk.canvas->commentEditor(), Qt::Key_Escape);
        QCOMPARE(desk.text(), before);
    }

    void nodesAreAlignedDistributedAndTidied()
    {
        Chain chain = example();
        chain.node("errors")->y = 56;
        chain.node("file")->x = 400;
        chain.node("file")->y = 200;
        Desk desk(std::move(chain));
        QVERIFY(desk.open());
        desk.key(Qt::Key_A, Qt::ControlModifier);
        CanvasActions *commands = desk.canvas->commands();
        desk.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(desk.item("file").position(), QPointF(400, 0));
        desk.key(Qt::Key_Z, Qt::ControlModifier);
        commands->distributeDown->trigger();
        QCOMPARE(desk.item("errors").position().y(), 104.0);
        QCOMPARE(desk.item("file").position().y(), 200.0);
        commands->alignLeft->trigger();
        QCOMPARE(desk.item("file").position().x(), 0.0);
        commands->tidy->trigger();
        QVERIFY(desk.item("errors").position().x() > desk.item("app").rect().right());
        QVERIFY(desk.item("file").position().x() > desk.item("errors").rect().right());
        QCOMPARE(desk.editor.undoWords(), std::string("Tidy up"));
    }

    void zoomKeepsWhatIsUnderThePointer()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        const QPoint at = desk.body("errors");
        const QPointF scene = desk.canvas->view().toScene(QPointF(at));
        QWheelEvent wheel(at, desk.canvas->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(desk.canvas, &wheel);
        QVERIFY(std::abs(desk.canvas->view().zoom - 1.44) < 0.001);
        QVERIFY(QLineF(desk.canvas->view().toScene(QPointF(at)), scene).length() < 1);
        desk.key(Qt::Key_F);
        QVERIFY(QRectF(desk.canvas->rect()).contains(desk.canvas->view().toView(desk.canvas->scene()->bounds())));
        desk.key(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(desk.canvas->view().zoom, 1.0);
        // Space and the left button pan, and so does the middle one.
        const QPointF origin = desk.canvas->view().origin;
        QTest::keyPress(desk.canvas, Qt::Key_Space);
        desk.drag({400, 600}, {440, 620});
        QTest::keyRelease(desk.canvas, Qt::Key_Space);
        QCOMPARE(desk.canvas->view().origin, origin - QPointF(40, 20));
        QVERIFY(!desk.editor.canUndo());
        // However far one pans, something stays in sight.
        desk.canvas->pan({1e6, 1e6});
        QVERIFY(desk.canvas->view().toScene(QRectF(desk.canvas->rect())).intersects(desk.canvas->scene()->bounds()));
    }

    void theMinimapGoesWhereItIsPressed()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        QVERIFY(!desk.canvas->minimap()->isVisible());
        desk.canvas->setZoom(3);
        QVERIFY(desk.canvas->minimap()->isVisible());
        QTest::mouseClick(desk.canvas->minimap(), Qt::LeftButton, {}, {170, 60});
        const QPointF right = desk.canvas->middle();
        QTest::mouseClick(desk.canvas->minimap(), Qt::LeftButton, {}, {6, 60});
        QVERIFY(desk.canvas->middle().x() < right.x() - 300);
    }

    void problemsAreBadgesOnTheirNodes()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        QVERIFY(desk.item("file").problem().contains(QStringLiteral("filename")));
        QVERIFY(desk.item("file").toolTip().contains(desk.item("file").problem()));
        QVERIFY(desk.item("app").problem().isEmpty());
        QVERIFY(desk.editor.setParam("file", "filename", QStringLiteral("app.log")));
        QTRY_VERIFY(desk.item("file").problem().isEmpty());
        QVERIFY(desk.item("file").words().contains(QStringLiteral("app.log")));
    }

    void runningNodesShowWhatGoesThrough()
    {
        Desk desk(example());
        RouterStatus status;
        status.nodes = {{.id = "app", .state = NodeStatus::State::Running, .reason = {}, .endpoint = {}, .received = 1000},
                        {.id = "errors", .state = NodeStatus::State::Running, .reason = {}, .endpoint = {}, .received = 1000, .filtered = 900},
                        {.id = "file", .state = NodeStatus::State::Failed, .reason = "The disk is full.", .endpoint = {}, .received = 100, .dropped = 7}};
        ChainActivity activity;
        status.wires = {{.from = "app", .port = "out", .to = "errors", .passed = 1000},
                        {.from = "errors", .port = "out", .to = "file", .passed = 100, .dropped = 7, .waiting = 90, .room = 100}};
        activity.update(status, 1'000'000'000);
        for (NodeStatus &one : status.nodes)
            one.received += 500;
        status.wires[0].passed += 500;
        activity.update(status, 2'000'000'000);
        desk.canvas->scene()->setActivity(activity);
        QVERIFY(desk.item("app").live()->counters.startsWith(QStringLiteral("1,500 records")));
        QVERIFY(desk.item("app").live()->counters.contains(QStringLiteral("/s")));
        QCOMPARE(desk.item("file").live()->dropped, QStringLiteral("7 dropped"));
        QVERIFY(desk.canvas->scene()->wires()[0].live().rate > 0);
        QCOMPARE(desk.canvas->scene()->wires()[0].label(false), QString());
        QVERIFY(desk.canvas->scene()->wires()[0].label(true).endsWith(QStringLiteral("/s")));
        QCOMPARE(desk.canvas->scene()->wires()[1].label(false), QStringLiteral("90 wait · 7 dropped"));
        QVERIFY(desk.canvas->scene()->wires()[1].live().isDead);
        QVERIFY(desk.canvas->scene()->wires()[1].toolTip().contains(QStringLiteral("The disk is full.")));
        // What is new does not run yet.
        QVERIFY(desk.editor.addNode(node("new", "Filter")));
        QVERIFY(!desk.item("new").live().has_value());
    }

    void screenReadersHearEachNode()
    {
        Desk desk(example());
        QVERIFY(desk.open());
        QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(desk.canvas);
        QVERIFY(reader);
        QCOMPARE(reader->role(), QAccessible::List);
        QCOMPARE(reader->childCount(), 3);
        QAccessibleInterface *file = reader->child(2);
        QVERIFY(file->text(QAccessible::Name).startsWith(QStringLiteral("file, handler FileHandler")));
        QVERIFY(file->text(QAccessible::Name).contains(QStringLiteral("Problem")));
        desk.click(desk.body("file"));
        QVERIFY(file->state().selected);
        QCOMPARE(reader->focusChild(), file);
        QCOMPARE(reader->indexOfChild(file), 2);
        desk.key(Qt::Key_Delete);
        QCOMPARE(reader->childCount(), 2);
        QVERIFY(!file->isValid());
    }

    void thePaletteSaysWhatThereIs()
    {
        NodePaletteModel model;
        const QAbstractItemModelTester tester(&model);
        std::size_t types = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (!model.type(model.index(row)))
                continue;
            ++types;
            QVERIFY(!model.index(row).data(NodePaletteModel::HelpRole).toString().isEmpty());
        }
        QVERIFY(types >= 20);
        model.setSearch(QStringLiteral("MAIL handler"));
        QCOMPARE(model.firstType().data().toString(), QStringLiteral("SMTPHandler"));
        QVERIFY(!model.mimeData({model.index(0)})); // a heading
        model.setSearch(QStringLiteral("no such node"));
        QCOMPARE(model.rowCount(), 0);
    }

    void theSceneIsAsTheChainWhateverIsDone()
    {
        Desk desk(example());
        std::mt19937 random(23);
        const std::vector<const NodeType *> &types = NodeRegistry::builtin().types();
        const auto pick = [&]() -> std::string {
            const auto &nodes = desk.editor.chain().nodes();
            return nodes.empty() ? std::string() : nodes[random() % nodes.size()].id;
        };
        for (int turn = 0; turn < 600; ++turn) {
            switch (random() % 8) {
            case 0:
                (void)desk.editor.addNode({{}, types[random() % types.size()], {}, double(random() % 500), 0});
                break;
            case 1:
                (void)desk.editor.remove({pick()}, random() % 2 == 0);
                break;
            case 2:
            case 3:
                (void)desk.editor.connect({pick(), "out", pick(), {}, {}});
                break;
            case 4:
                (void)desk.editor.rename(pick(), "r" + std::to_string(random() % 50));
                break;
            case 5:
                desk.editor.undo();
                break;
            case 6:
                desk.editor.redo();
                break;
            default:
                (void)desk.editor.move({{pick(), double(random() % 900), double(random() % 900)}});
            }
            desk.canvas->scene()->select({pick()});
        }
        ChainScene fresh(desk.editor);
        const ChainScene &kept = *desk.canvas->scene();
        QCOMPARE(kept.nodes().size(), fresh.nodes().size());
        QCOMPARE(kept.wires().size(), fresh.wires().size());
        for (std::size_t i = 0; i < fresh.nodes().size(); ++i) {
            QCOMPARE(kept.nodes()[i].id(), fresh.nodes()[i].id());
            QCOMPARE(kept.nodes()[i].position(), fresh.nodes()[i].position());
            QCOMPARE(kept.nodes()[i].words(), fresh.nodes()[i].words());
            QCOMPARE(kept.node(fresh.nodes()[i].id()), &kept.nodes()[i]);
        }
        for (std::size_t i = 0; i < fresh.wires().size(); ++i) {
            QVERIFY(kept.wires()[i].wire() == fresh.wires()[i].wire());
            QCOMPARE(kept.wires()[i].bounds(), fresh.wires()[i].bounds());
        }
    }

    void anEmptyCanvasOffersExamples()
    {
        Desk desk;
        QVERIFY(desk.open());
        QSignalSpy spy(desk.canvas->hint(), &CanvasHint::exampleRequested);
        const auto buttons = desk.canvas->hint()->findChildren<QPushButton *>();
        QVERIFY(buttons.size() >= 3);
        for (QPushButton *button : buttons) {
            QVERIFY(!button->text().isEmpty());
            button->click();
            QFile file(spy.last().front().toString());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Configuration example = parseConfiguration(file.readAll().toStdString(), ".");
            QVERIFY2(example.ok(), qPrintable(file.fileName()));
        }
    }

    void whatIsDraggedToTheEdgeScrollsAndStaysUnderThePointer()
    {
        using namespace std::chrono_literals;
        Chain chain;
        chain.addNode(node("a", "SocketReceiver", 0, 0));
        chain.addNode(node("b", "NullHandler", 600, 200));
        Desk desk(chain);
        QVERIFY(desk.open());
        EdgeScroll &edges = desk.canvas->mouse().edges();
        const QPoint grabbed = desk.body("a");
        const QPointF inside = desk.canvas->view().toScene(QPointF(grabbed)) - desk.item("a").rect().topLeft();
        const QPoint nearEdge(desk.canvas->width() - 10, grabbed.y());
        desk.hold(grabbed, nearEdge);
        QVERIFY(edges.isScrolling());
        QCOMPARE(edges.velocity().y(), 0.0);
        const double slow = edges.velocity().x();
        QVERIFY(slow > 0);
        const auto underPointer = [&](const QPoint &pointer) {
            const QPointF at = desk.canvas->view().toScene(QPointF(pointer)) - desk.item("a").rect().topLeft() - inside;
            return std::abs(at.x()) <= ChainLayout::grid && std::abs(at.y()) <= ChainLayout::grid;
        };
        const QPointF before = desk.canvas->view().origin;
        edges.step(100ms);
        QCOMPARE(std::round(desk.canvas->view().origin.x() - before.x()), std::trunc(slow * 0.1));
        QVERIFY(underPointer(nearEdge));
        // The same time in many steps comes to the same place, though one is less than a pixel.
        const QPointF between = desk.canvas->view().origin;
        for (int i = 0; i < 100; ++i)
            edges.step(1ms);
        QVERIFY(std::abs(desk.canvas->view().origin.x() - between.x() - slow * 0.1) <= 1);
        QVERIFY(underPointer(nearEdge));
        // Beyond it is faster; away from it, nothing goes.
        const auto moveTo = [&](const QPoint &here) {
            QMouseEvent move(QEvent::MouseMove, here, desk.canvas->mapToGlobal(here), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(desk.canvas, &move);
        };
        moveTo(nearEdge + QPoint(40, 0));
        QVERIFY(edges.velocity().x() > slow);
        moveTo(QPoint(desk.canvas->width() / 2, grabbed.y()));
        QVERIFY(!edges.isScrolling());
        const QPointF rest = desk.canvas->view().origin;
        edges.step(100ms);
        QCOMPARE(desk.canvas->view().origin, rest);
        moveTo(QPoint(5, 5));
        QVERIFY(edges.velocity().x() < 0 && edges.velocity().y() < 0);
        desk.key(Qt::Key_Escape);
        QVERIFY(!edges.isScrolling());
        QCOMPARE(desk.item("a").rect().topLeft(), QPointF(0, 0));
        // Released at the edge it stops as well.
        desk.hold(desk.body("a"), QPoint(desk.canvas->width() - 4, desk.body("a").y()));
        QVERIFY(edges.isScrolling());
        QTest::mouseRelease(desk.canvas, Qt::LeftButton, {}, QPoint(desk.canvas->width() - 4, desk.body("a").y()));
        QVERIFY(!edges.isScrolling());
        QVERIFY(desk.editor.chain().node("a")->x > 0);
    }

    void aWireAndABandScrollAtTheEdgeToo()
    {
        using namespace std::chrono_literals;
        Chain chain;
        chain.addNode(node("a", "SocketReceiver", 0, 0));
        chain.addNode(node("b", "NullHandler", 300, 0));
        Desk desk(chain);
        QVERIFY(desk.open());
        EdgeScroll &edges = desk.canvas->mouse().edges();
        const QPoint edge(desk.canvas->width() - 6, desk.canvas->height() / 2);
        desk.hold(desk.output("a"), edge);
        QPointF before = desk.canvas->view().origin;
        edges.step(100ms);
        QVERIFY(desk.canvas->view().origin.x() > before.x());
        QCOMPARE(desk.canvas->overlay().draft->endPoint(), desk.canvas->view().toScene(QPointF(edge)));
        desk.key(Qt::Key_Escape);
        QVERIFY(!edges.isScrolling());

        desk.canvas->fit();
        const QPoint begin = desk.at({-30, -60});
        desk.hold(begin, edge);
        const QPointF corner = desk.canvas->overlay().band->topLeft();
        before = desk.canvas->view().origin;
        edges.step(100ms);
        QVERIFY(desk.canvas->view().origin.x() > before.x());
        QCOMPARE(desk.canvas->overlay().band->topLeft(), corner);
        QCOMPARE(desk.canvas->overlay().band->right(), desk.canvas->view().toScene(QPointF(edge)).x());
        desk.key(Qt::Key_Escape);
        QVERIFY(!edges.isScrolling());
    }

    void aDragThatBeginsAtTheEdgeScrollsOnlyWhenItComesCloser()
    {
        Chain chain;
        chain.addNode(node("a", "SocketReceiver", 0, 0));
        Desk desk(chain);
        QVERIFY(desk.open());
        // From the palette it comes in at the left edge.
        QMimeData data;
        data.setData(ChainCanvas::nodeMimeType, "NullHandler");
        EdgeScroll &edges = desk.canvas->carried().edges();
        const auto moveTo = [&](const QPoint &at) {
            QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(desk.canvas, &move);
        };
        QDragEnterEvent enter(QPoint(2, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk.canvas, &enter);
        QVERIFY(!edges.isScrolling());
        moveTo({20, 300});
        QVERIFY(!edges.isScrolling());
        moveTo({200, 300});
        QVERIFY(!edges.isScrolling());
        moveTo({10, 300});
        QVERIFY(edges.isScrolling());
        const QPointF before = desk.canvas->view().origin;
        edges.step(std::chrono::milliseconds(100));
        QVERIFY(desk.canvas->view().origin.x() < before.x());
        QVERIFY(desk.canvas->overlay().ghost->contains(desk.canvas->view().toScene(QPointF(10, 300))));
        QDragLeaveEvent leave;
        QApplication::sendEvent(desk.canvas, &leave);
        QVERIFY(!edges.isScrolling());
        QVERIFY(!desk.canvas->overlay().ghost);
    }
};

QTEST_MAIN(CanvasTest)
#include "CanvasTest.moc"
