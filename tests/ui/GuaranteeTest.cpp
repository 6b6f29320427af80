#include "canvas/ChainScene.h"
#include "inspector/GuaranteePanel.h"
#include "inspector/NodePage.h"
#include "look/ChoiceBox.h"
#include "support/Patience.h"
#include "ui/InspectorFixture.h"

#include <QLabel>
#include <QSignalSpy>

using namespace sluice;
using namespace sluice::test;

/// What failures would cost, below a node's form.
class GuaranteeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsBelowTheFormOfANode()
    {
        InspectorFixture f;
        f.add("SocketReceiver", {}, "in");
        f.add("FileHandler", {{QStringLiteral("filename"), QStringLiteral("x.log")}}, "log");
        QVERIFY(f.editor.connect({"in", "out", "log", {}, {}}).ok());
        QSignalSpy weakest(&f.inspector, &Inspector::weakestChanged);
        f.inspector.show();
        f.inspector.showItems({QStringLiteral("in")});
        const auto *page = qobject_cast<NodePage *>(f.inspector.page());
        QVERIFY(page && page->guarantee() && page->guarantee()->isVisible());
        QCOMPARE(page->guarantee()->routeBox()->currentText(), QStringLiteral("in → log"));
        QVERIFY(page->guarantee()->crash()->text().startsWith(QStringLiteral("At most ")));
        QVERIFY(page->guarantee()->fullDisk()->text().startsWith(QStringLiteral("What comes meanwhile: “log” drops")));
        QVERIFY(page->guarantee()->deadPeer()->text().startsWith(QStringLiteral("Nothing: ")));
        QCOMPARE(page->guarantee()->weakest()->text(), QStringLiteral("The weakest link is “log”, in case of a full disk."));
        QCOMPARE(weakest.last().first().toString(), QStringLiteral("log"));
        f.inspector.showItems({});
        QCOMPARE(weakest.last().first().toString(), QString());
    }

    void followsWhatIsEdited()
    {
        InspectorFixture f;
        f.add("SocketReceiver", {}, "in");
        f.add("MemoryHandler", {{QStringLiteral("capacity"), 10}}, "buffer");
        f.add("NullHandler", {}, "end");
        QVERIFY(f.editor.connect({"in", "out", "buffer", {}, {}}).ok());
        f.inspector.show();
        f.inspector.showItems({QStringLiteral("buffer")});
        GuaranteePanel *panel = qobject_cast<NodePage *>(f.inspector.page())->guarantee();
        QVERIFY(panel->crash()->text().contains(QStringLiteral("keeps all records in memory, since it has no target")));
        QVERIFY(f.editor.connect({"buffer", "target", "end", {}, {}}).ok());
        QTRY_VERIFY(panel->crash()->text().contains(QStringLiteral("“buffer” keeps up to 9 records in memory")));
        QVERIFY(f.editor.setParam("buffer", "capacity", 1000).ok());
        QTRY_VERIFY(panel->crash()->text().contains(QStringLiteral("“buffer” keeps up to 999 records in memory")));
        QCOMPARE(panel->weakest()->text(), QStringLiteral("The weakest link is “buffer”, in case of a crash."));
    }

    void oneOfSeveralRoutesIsChosen()
    {
        InspectorFixture f;
        f.add("SocketReceiver", {}, "in");
        f.add("NullHandler", {}, "end");
        f.add("SysLogHandler", {}, "far");
        QVERIFY(f.editor.connect({"in", "out", "end", {}, {}}).ok());
        QVERIFY(f.editor.connect({"in", "out", "far", {}, {}}).ok());
        f.inspector.show();
        f.inspector.showItems({QStringLiteral("in")});
        GuaranteePanel *panel = qobject_cast<NodePage *>(f.inspector.page())->guarantee();
        QCOMPARE(panel->routeBox()->count(), 2);
        QCOMPARE(panel->weakest()->text(), QStringLiteral("No node is weaker than the router itself."));
        QSignalSpy weakest(&f.inspector, &Inspector::weakestChanged);
        panel->routeBox()->setCurrentIndex(1);
        QVERIFY(panel->deadPeer()->text().contains(QStringLiteral("nobody is told")));
        QCOMPARE(weakest.last().first().toString(), QStringLiteral("far"));
        // The route stays chosen while the chain is edited.
        QVERIFY(f.editor.setParam("far", "ident", QStringLiteral("x")).ok());
        QTest::qWait(300);
        QCOMPARE(panel->routeBox()->currentIndex(), 1);
        f.inspector.showItems({QStringLiteral("end")});
        QVERIFY(!qobject_cast<NodePage *>(f.inspector.page())->guarantee()->routeBox()->isEnabled());
    }

    void theWeakestNodeIsMarkedOnTheCanvas()
    {
        ChainEditor editor;
        ChainNode node;
        node.id = "log";
        node.type = NodeRegistry::builtin().find("FileHandler");
        [[maybe_unused]] const auto added = editor.addNode(node);
        ChainScene scene(editor);
        scene.setWeakest("log", QStringLiteral("The weakest link of in → log"));
        QVERIFY(scene.node("log")->toolTip().contains(QStringLiteral("The weakest link of in → log")));
        QVERIFY(scene.node("log")->spoken().contains(QStringLiteral("The weakest link of in → log")));
        scene.setWeakest({}, {});
        QVERIFY(scene.node("log")->weakness().isEmpty());
    }
};

QTEST_MAIN(GuaranteeTest)
#include "GuaranteeTest.moc"
