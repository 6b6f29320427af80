#include "ShowStrings.h"
#include "chain/ChainPart.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

Chain example()
{
    Chain chain;
    for (const auto &[id, type] : {std::pair("app", "SocketReceiver"), std::pair("buffer", "MemoryHandler"), std::pair("mail", "SMTPHandler")}) {
        ChainNode node;
        node.id = id;
        node.type = NodeRegistry::builtin().find(type);
        chain.addNode(std::move(node));
    }
    chain.addWire({"app", "out", "buffer", {}, {}});
    chain.addWire({"buffer", "target", "mail", 500, {}});
    chain.addComment({"note", "By mail", 10, 20, 300, 200});
    return chain;
}

} // namespace

class ChainPartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPartHasItsNodesAndTheWiresBetweenThem()
    {
        const Chain part = chainpart::of(example(), {"mail", "buffer", "note"});
        QCOMPARE(part.nodes().size(), std::size_t(2));
        QCOMPARE(part.wires().size(), std::size_t(1));
        QCOMPARE(part.wires().front().queue, std::optional<std::size_t>(500));
        QCOMPARE(part.comments().size(), std::size_t(1));
    }

    void goesThroughATextAndIsAddedAsOneStep()
    {
        ChainEditor editor(example());
        const std::string before = projectText(editor.chain());
        // The mail has no addresses yet: it can be copied all the same.
        const auto part = chainpart::read(projectText(chainpart::of(editor.chain(), {"buffer", "mail", "note"})));
        QVERIFY2(part.ok(), part ? "" : part.error().text.c_str());
        const auto ids = chainpart::add(editor, *part, 16, 32, "Paste");
        QVERIFY(ids.ok());
        QCOMPARE(*ids, (std::vector<std::string>{"buffer 2", "mail 2", "note 2"}));
        QCOMPARE(editor.chain().wires().back().from, std::string("buffer 2"));
        QCOMPARE(editor.chain().wires().back().to, std::string("mail 2"));
        QCOMPARE(editor.chain().comments().back().x, 26.0);
        QCOMPARE(editor.undoWords(), std::string("Paste"));
        editor.undo();
        QCOMPARE(projectText(editor.chain()), before);
    }

    void hostileTextsAreRefusedWithASentence()
    {
        for (const char *text : {"", "hello", "[1, 2]", "{}", "{\"sluice\": 1, \"nodes\": []}", "{\"sluice\": 1, \"nodes\": 7}",
                                 "{\"sluice\": 99, \"nodes\": [{\"id\": \"a\", \"type\": \"Filter\"}]}",
                                 "{\"sluice\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"Evil\"}]}",
                                 "{\"sluice\": 1, \"nodes\": [{\"id\": \"a\", \"type\": \"Filter\"}], \"wires\": [{\"from\": \"a\", \"to\": \"a\"}]}"}) {
            const auto part = chainpart::read(text);
            QVERIFY2(!part, text);
            QVERIFY(part.error().text.ends_with("."));
        }
        QVERIFY(!chainpart::read(std::string(chainpart::maxTextLength + 1, ' ')));
    }

    void aPartThatDoesNotFitChangesNothing()
    {
        Chain full;
        for (std::size_t i = 0; i < Chain::maxNodes - 1; ++i) {
            ChainNode node;
            node.id = "n" + std::to_string(i);
            node.type = NodeRegistry::builtin().find("Filter");
            full.addNode(std::move(node));
        }
        ChainEditor editor(std::move(full));
        const auto added = chainpart::add(editor, example(), 0, 0, "Paste");
        QVERIFY(!added);
        QCOMPARE(editor.chain().nodes().size(), Chain::maxNodes - 1);
        QVERIFY(!editor.canUndo());
    }
};

QTEST_GUILESS_MAIN(ChainPartTest)
#include "ChainPartTest.moc"
