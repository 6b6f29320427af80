#include "chain/ChainDifference.h"
#include "chain/ChainEditor.h"
#include "chain/NodeRegistry.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

Chain example()
{
    Chain chain;
    for (const auto &[id, type] : {std::pair("app", "SocketReceiver"), std::pair("mail", "SMTPHandler"), std::pair("file", "FileHandler")}) {
        ChainNode node;
        node.id = id;
        node.type = NodeRegistry::builtin().find(type);
        chain.addNode(std::move(node));
    }
    chain.addWire({"app", "out", "mail", {}, {}});
    return chain;
}

} // namespace

class ChainDifferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereNodesStandMakesNoDifference()
    {
        ChainEditor editor(example());
        const Chain before = editor.chain();
        QVERIFY(editor.move({{"app", 100, 100}}));
        editor.addComment({});
        editor.setName("Other");
        QCOMPARE(differencesThatRun(before, editor.chain()), std::size_t(0));
    }

    void nodesAndWiresAreCounted()
    {
        ChainEditor editor(example());
        const Chain before = editor.chain();
        QVERIFY(editor.setParam("app", "port", 9999));
        QCOMPARE(differencesThatRun(before, editor.chain()), std::size_t(1));
        QVERIFY(editor.setQueue({"app", "out", "mail", {}, {}}, 50, {}));
        QCOMPARE(differencesThatRun(before, editor.chain()), std::size_t(2));
        QVERIFY(editor.connect({"app", "out", "file", {}, {}}));
        QCOMPARE(differencesThatRun(before, editor.chain()), std::size_t(3));
        QVERIFY(editor.remove({"mail"}));
        // The node, its wire, the other's port and the wire to the file.
        QCOMPARE(differencesThatRun(before, editor.chain()), std::size_t(4));
        QCOMPARE(differencesThatRun(editor.chain(), before), std::size_t(4));
        while (editor.canUndo())
            editor.undo();
        QCOMPARE(differencesThatRun(before, editor.chain()), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(ChainDifferenceTest)
#include "ChainDifferenceTest.moc"
