#include "ShowStrings.h"
#include "chain/ChainCommand.h"
#include "chain/Configuration.h"

#include <QJsonArray>

using namespace sluice;

namespace {

std::string refusal(ChainEditor &editor, const char *words)
{
    const Status status = runChainCommand(editor, words);
    return status ? std::string() : status.error().text;
}

} // namespace

class ChainCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProjectIsBuiltByWords()
    {
        ChainEditor editor;
        for (const char *words : {"name 'Errors by mail'", "add SocketReceiver python port=9999", "add MemoryHandler 'the last 100' capacity=100 flushLevel=ERROR",
                                  "add SMTPHandler mail mailhost='[\"localhost\", 25]' fromaddr=a@b toaddrs='[\"c@d\"]'", "connect python 'the last 100'",
                                  "connect 'the last 100' mail", "queue 'the last 100:target' mail 500 block", "tidy"})
            QCOMPARE(refusal(editor, words), std::string());
        const Chain &chain = editor.chain();
        QCOMPARE(chain.check(), Problems());
        QCOMPARE(chain.name, std::string("Errors by mail"));
        QCOMPARE(chain.node("python")->params.value(u"port").toInt(), 9999);
        QCOMPARE(chain.node("mail")->params.value(u"toaddrs").toArray().at(0).toString(), u"c@d"_qs);
        QCOMPARE(chain.wires().size(), std::size_t(2));
        QCOMPARE(chain.wires()[1].port, std::string("target"));
        QCOMPARE(*chain.wires()[1].queue, std::size_t(500));
        QVERIFY(chain.node("mail")->x > chain.node("python")->x);
        QVERIFY(parseConfiguration(projectText(chain), "/").ok());
        // Each is one step, with its words.
        QCOMPARE(editor.undoWords(), std::string("tidy"));
        while (editor.canUndo())
            editor.undo();
        QCOMPARE(projectText(editor.chain()), projectText(Chain()));
    }

    void whatIsRefusedSaysWhyAndLeavesNothing()
    {
        ChainEditor editor;
        QCOMPARE(refusal(editor, "add NullHandler out"), std::string());
        const std::string text = projectText(editor.chain());
        QCOMPARE(refusal(editor, "add FileHandlr f"), std::string("There is no node of type \"FileHandlr\". Is \"FileHandler\" meant?"));
        QCOMPARE(refusal(editor, "add FileHandler out"), std::string("\"out\" is taken already."));
        QCOMPARE(refusal(editor, "add FileHandler f filename=a.log filenam=b"), std::string("FileHandler has no parameter \"filenam\"."));
        QCOMPARE(refusal(editor, "set out level"), std::string("\"level\" is no KEY=VALUE."));
        QCOMPARE(refusal(editor, "remove nobody"), std::string("There is no node \"nobody\"."));
        QCOMPARE(refusal(editor, "connect out out"), std::string("\"out\" has no output \"out\"."));
        QCOMPARE(refusal(editor, "move out 1 far"), std::string("\"far\" is no number."));
        QCOMPARE(refusal(editor, "name 'open"), std::string("The quote ' is not closed."));
        QCOMPARE(refusal(editor, "rename out"), std::string("It is: rename ID NEW"));
        QCOMPARE(refusal(editor, "paint it"), std::string("There is no edit \"paint\"."));
        QCOMPARE(refusal(editor, "  "), std::string("There is no edit in it."));
        QCOMPARE(projectText(editor.chain()), text);
        QCOMPARE(editor.undoWords(), std::string("add NullHandler out"));
    }

    void quotesAndBackslashesBelongToWords()
    {
        ChainEditor editor;
        QCOMPARE(refusal(editor, "add FileHandler \"my \\\"file\\\"\" filename=C:\\logs\\a.log format"), std::string("\"format\" is no KEY=VALUE."));
        QCOMPARE(refusal(editor, "add FileHandler \"my \\\"file\\\"\" filename=C:\\logs\\a.log"), std::string());
        QCOMPARE(editor.chain().node("my \"file\"")->params.value(u"filename").toString(), u"C:\\logs\\a.log"_qs);
        QCOMPARE(refusal(editor, "unset \"my \\\"file\\\"\" filename"), std::string());
        QVERIFY(editor.chain().node("my \"file\"")->params.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ChainCommandTest)
#include "ChainCommandTest.moc"
