#include "ShowStrings.h"
#include "chain/ChainEditor.h"
#include "chain/ChainWiring.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"

#include <QJsonArray>

#include <algorithm>
#include <random>

using namespace sluice;

namespace {

ChainNode node(const char *id, const char *type, const QJsonObject &params = {})
{
    ChainNode made;
    made.id = id;
    made.type = NodeRegistry::builtin().find(type);
    made.params = params;
    return made;
}

Wire wire(const char *from, const char *to, const char *port = "out") { return {from, port, to, {}, {}}; }

std::string wires(const Chain &chain)
{
    std::string all;
    for (const Wire &one : chain.wires())
        all += one.from + "." + one.port + ">" + one.to + (one.queue ? "#" + std::to_string(*one.queue) : "") + " ";
    return all;
}

/// app → errors (a level) → file, and app → buffer → mail.
Chain example()
{
    Chain chain;
    chain.addNode(node("app", "SocketReceiver"));
    chain.addNode(node("errors", "Filter"));
    chain.addNode(node("file", "FileHandler", {{u"filename"_qs, u"app.log"_qs}}));
    chain.addNode(node("buffer", "MemoryHandler"));
    chain.addNode(node("mail", "SMTPHandler"));
    chain.addWire(wire("app", "errors"));
    chain.addWire(wire("errors", "file"));
    chain.addWire(wire("app", "buffer"));
    chain.addWire(wire("buffer", "mail", "target"));
    return chain;
}

/// Whether anything is wrong with a wire. (That two loggers have one name is no wire's fault.)
bool hasWireFault(const Chain &chain)
{
    const Problems problems = chain.checkWiring();
    return std::ranges::any_of(problems, [](const Problem &problem) { return problem.place.starts_with("$.wires"); });
}

/// Does to a chain what people do, at random: most of it is possible, some is refused.
class RandomHand
{
public:
    RandomHand(ChainEditor &editor, unsigned seed) : m_editor(editor), m_random(seed) {}

    void move()
    {
        const Chain &chain = m_editor.chain();
        switch (below(14)) {
        case 0:
        case 1:
        case 2: {
            const auto &types = NodeRegistry::builtin().types();
            ChainNode added;
            added.type = types[below(types.size())];
            added.x = static_cast<double>(below(4000));
            (void)m_editor.addNode(added);
            break;
        }
        case 3:
        case 4:
        case 5:
            (void)m_editor.connect(anyWire(), below(2) ? std::optional(below(chain.wires().size() + 1)) : std::nullopt);
            break;
        case 6:
            if (!chain.wires().empty())
                (void)m_editor.disconnect(chain.wires()[below(chain.wires().size())]);
            break;
        case 7:
            if (below(4) == 0)
                (void)m_editor.remove({anyId(), anyId()}, below(3) != 0);
            break;
        case 8: (void)m_editor.rename(anyId(), "named " + std::to_string(below(60))); break;
        case 9: setAnyParam(); break;
        case 10: (void)m_editor.move({{anyId(), double(below(900)), double(below(900))}}); break;
        case 11:
            if (!chain.wires().empty())
                (void)m_editor.insertOnWire(anyId(), chain.wires()[below(chain.wires().size())]);
            break;
        case 12:
            if (chain.wires().size() > 1) {
                const Wire &one = chain.wires()[below(chain.wires().size())];
                (void)m_editor.setQueue(one, 1 + below(5000), WhenFull::Block);
                (void)m_editor.serveBefore(one, chain.wires()[below(chain.wires().size())]);
            }
            break;
        default:
            m_editor.setName("name " + std::to_string(below(5)));
            if (below(2)) {
                (void)m_editor.addComment({{}, "why " + std::to_string(below(9)), double(below(500)), 0, 300, 200});
            } else if (!chain.comments().empty()) {
                ChainComment comment = chain.comments()[below(chain.comments().size())];
                comment.text += " more";
                comment.width = double(below(400));
                (void)m_editor.setComment(comment);
            }
        }
    }

    Wire anyWire()
    {
        Wire made{anyId(), "out", anyId(), {}, {}};
        const ChainNode *from = m_editor.chain().node(made.from);
        if (from && !from->type->outputs().empty() && below(8))
            made.port = from->type->outputs()[below(from->type->outputs().size())].name;
        return made;
    }
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random); }

private:
    std::string anyId()
    {
        const Chain &chain = m_editor.chain();
        const std::size_t all = chain.nodes().size() + chain.comments().size();
        if (all == 0 || below(50) == 0)
            return "nobody";
        const std::size_t which = below(all);
        return which < chain.nodes().size() ? chain.nodes()[which].id : chain.comments()[which - chain.nodes().size()].id;
    }

    void setAnyParam()
    {
        const ChainNode *some = m_editor.chain().node(anyId());
        if (!some || some->type->params().empty())
            return;
        const auto &params = some->type->params();
        const ParamSpec &spec = params[below(params.size())];
        const QJsonValue values[] = {7, QStringLiteral("text %1").arg(below(9)), true, QJsonValue(QJsonValue::Undefined),
                                     spec.defaultValue, QJsonArray{QStringLiteral("a"), QStringLiteral("b")}};
        (void)m_editor.setParam(some->id, spec.key, values[below(std::size(values))]);
    }

    ChainEditor &m_editor;
    std::mt19937 m_random;
};

/// Builds the chain again out of what it is told, as a canvas does.
class Mirror : public ChainObserver
{
public:
    explicit Mirror(const ChainEditor &editor) : m_editor(editor), chain(editor.chain()) {}

    void chainEdited(const ChainEdit &edit) override
    {
        chain.apply(edit);
        if (++m_edits % 10 == 0)
            isTrue = isTrue && projectText(chain) == projectText(m_editor.chain());
    }
    void chainReplaced() override { chain = m_editor.chain(); }
    void historyChanged() override { ++steps; }

private:
    const ChainEditor &m_editor;
    int m_edits = 0;

public:
    Chain chain;
    bool isTrue = true;
    int steps = 0;
};

/// How many steps were added while it lives.
class StepCounter : public ChainObserver
{
public:
    explicit StepCounter(ChainEditor &editor) : m_editor(editor) { editor.addObserver(this); }
    ~StepCounter() override { m_editor.removeObserver(this); }

    void chainEdited(const ChainEdit &) override {}
    void chainReplaced() override {}
    void historyChanged() override { ++steps; }

    int steps = 0;

private:
    ChainEditor &m_editor;
};

} // namespace

class ChainEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thousandsOfStepsAreUndoneAndRedoneToTheVerySameText()
    {
        for (unsigned seed = 1; seed <= 3; ++seed) {
            ChainEditor editor(example());
            RandomHand hand(editor, seed);
            // The texts that lie behind: undo and redo must come by the very same.
            std::vector<std::string> behind;
            std::vector<std::string> ahead;
            const std::string first = projectText(editor.chain());
            for (int i = 0; i < 1000; ++i) {
                const std::string before = projectText(editor.chain());
                const std::size_t what = hand.below(10);
                if (what < 2 && editor.canUndo()) {
                    editor.undo();
                    ahead.push_back(before);
                    QVERIFY(projectText(editor.chain()) == behind.back());
                    behind.pop_back();
                } else if (what == 2 && editor.canRedo()) {
                    editor.redo();
                    behind.push_back(before);
                    QCOMPARE(projectText(editor.chain()), ahead.back());
                    ahead.pop_back();
                } else {
                    StepCounter counter(editor);
                    {
                        const ChainEditor::Step step(editor, "at random");
                        hand.move();
                        hand.move();
                    }
                    if (counter.steps > 0) {
                        behind.push_back(before);
                        ahead.clear();
                    }
                }
                if (i % 20 == 0)
                    QVERIFY2(!hasWireFault(editor.chain()), "The editor let a wire in that the check finds fault with.");
            }
            const std::string last = projectText(editor.chain());
            int undone = 0;
            for (; editor.canUndo(); ++undone)
                editor.undo();
            QCOMPARE(projectText(editor.chain()), first);
            QVERIFY(!editor.isModified());
            QVERIFY(undone > 200);
            for (int i = 0; i < undone; ++i)
                editor.redo();
            QCOMPARE(projectText(editor.chain()), last);
        }
    }

    void whoIsToldOfEachChangeHasTheSameChain()
    {
        ChainEditor editor(example());
        Mirror mirror(editor);
        editor.addObserver(&mirror);
        RandomHand hand(editor, 77);
        for (int i = 0; i < 600; ++i) {
            if (hand.below(4) == 0)
                editor.undo();
            else if (hand.below(4) == 0)
                editor.redo();
            else
                hand.move();
        }
        QVERIFY(mirror.isTrue);
        QCOMPARE(projectText(mirror.chain), projectText(editor.chain()));
        QVERIFY(mirror.steps > 200);
        editor.replace(Chain());
        QVERIFY(mirror.chain.nodes().empty());
        editor.removeObserver(&mirror);
        editor.setName("later");
        QCOMPARE(mirror.chain.name, std::string());
    }

    void aWireIsRefusedExactlyIfTheCheckWouldFindFaultWithIt()
    {
        ChainEditor editor;
        RandomHand hand(editor, 5);
        int refused = 0;
        int allowed = 0;
        for (int i = 0; i < 800; ++i) {
            hand.move();
            const Wire tried = hand.anyWire();
            Chain with = editor.chain();
            with.addWire(tried);
            const bool isRight = !hasWireFault(with);
            const std::string why = whyNotConnect(editor.chain(), tried);
            QVERIFY2(why.empty() == isRight, (tried.from + " > " + tried.to + ": " + why).c_str());
            (isRight ? allowed : refused) += 1;
        }
        QVERIFY(refused > 100);
        QVERIFY(allowed > 100);
    }

    void deletingANodeHealsTheWires()
    {
        ChainEditor editor(example());
        QVERIFY(editor.remove({"errors"}));
        QCOMPARE(wires(editor.chain()), std::string("app.out>file app.out>buffer buffer.target>mail "));
        QVERIFY(editor.remove({"buffer"}));
        QCOMPARE(wires(editor.chain()), std::string("app.out>file app.out>mail "));
        editor.undo();
        editor.undo();
        QCOMPARE(projectText(editor.chain()), projectText(example()));
        QVERIFY(editor.remove({"errors", "buffer"}, false));
        QCOMPARE(wires(editor.chain()), std::string());
    }

    void healingKeepsTheOrderInWhichAnOutputServes()
    {
        Chain chain;
        for (const char *id : {"a", "b"})
            chain.addNode(node(id, "SocketReceiver"));
        chain.addNode(node("f", "Filter"));
        for (const char *id : {"x", "y", "z"})
            chain.addNode(node(id, "NullHandler"));
        chain.addWire(wire("a", "f"));
        chain.addWire(wire("a", "z"));
        chain.addWire(wire("b", "z"));
        chain.addWire(wire("f", "x"));
        chain.addWire(wire("b", "f"));
        chain.addWire(wire("f", "y"));
        ChainEditor editor(chain);
        QVERIFY(editor.remove({"f"}));
        QCOMPARE(wires(editor.chain()), std::string("a.out>x a.out>y a.out>z b.out>z b.out>x b.out>y "));
    }

    void aNodeDroppedOntoAWireTakesItsPlaceInTheOrder()
    {
        ChainEditor editor(example());
        QVERIFY(editor.setQueue(wire("buffer", "mail", "target"), 50, WhenFull::Block));
        QCOMPARE(*editor.addNode(node("level", "Filter")), std::string("level"));
        QVERIFY(editor.insertOnWire("level", wire("app", "errors")));
        QCOMPARE(wires(editor.chain()), std::string("app.out>level errors.out>file app.out>buffer buffer.target>mail#50 level.out>errors "));
        QCOMPARE(*editor.addNode(node("before", "MemoryHandler")), std::string("before"));
        QVERIFY(editor.insertOnWire("before", wire("buffer", "mail", "target")));
        QVERIFY(wires(editor.chain()).ends_with("buffer.target>before level.out>errors before.target>mail#50 "));
    }

    void whatCannotStandOnAWireIsRefusedWithItsReason()
    {
        ChainEditor editor(example());
        const std::string text = projectText(editor.chain());
        const Status file = editor.insertOnWire("file", wire("app", "buffer"));
        QVERIFY(!file);
        QCOMPARE(file.error().text, std::string("\"file\" has no output that could lead on to \"buffer\"."));
        const Status receiver = editor.insertOnWire("app", wire("buffer", "mail", "target"));
        QVERIFY(!receiver);
        QCOMPARE(receiver.error().text, std::string("\"app\" is a receiver and takes no wire."));
        QCOMPARE(projectText(editor.chain()), text);
        QVERIFY(!editor.canUndo());
    }

    void aRenamedNodeKeepsItsWiresAndTheirOrder()
    {
        ChainEditor editor(example());
        QVERIFY(editor.rename("app", "service"));
        QCOMPARE(wires(editor.chain()), std::string("service.out>errors errors.out>file service.out>buffer buffer.target>mail "));
        QVERIFY(!editor.rename("service", "mail"));
        QVERIFY(!editor.rename("service", ""));
        QVERIFY(!editor.rename("nobody", "somebody"));
        editor.undo();
        QCOMPARE(projectText(editor.chain()), projectText(example()));
    }

    void lettersTypedIntoAFieldAreOneStep()
    {
        ChainEditor editor(example());
        for (const QString &text : {u"a"_qs, u"ap"_qs, u"api.log"_qs})
            QVERIFY(editor.setParam("file", "filename", text));
        QVERIFY(editor.setParam("file", "mode", u"w"_qs));
        QCOMPARE(editor.undoWords(), std::string("Set mode of file"));
        editor.undo();
        QCOMPARE(editor.undoWords(), std::string("Set filename of file"));
        editor.undo();
        QVERIFY(!editor.canUndo());
        QCOMPARE(projectText(editor.chain()), projectText(example()));

        QVERIFY(editor.setParam("file", "filename", u"b"_qs));
        editor.endMerging();
        QVERIFY(editor.setParam("file", "filename", u"bc"_qs));
        editor.undo();
        QCOMPARE(editor.chain().node("file")->params.value(u"filename").toString(), u"b"_qs);
    }

    void aValueThatIsTheDefaultIsNotWritten()
    {
        ChainEditor editor(example());
        QVERIFY(editor.setParam("buffer", "capacity", 7));
        QVERIFY(editor.setParam("file", "mode", editor.chain().node("file")->type->param("mode")->defaultValue));
        QVERIFY(!editor.chain().node("file")->params.contains(u"mode"));
        QVERIFY(editor.setParam("buffer", "capacity", QJsonValue::Undefined));
        QVERIFY(!editor.chain().node("buffer")->params.contains(u"capacity"));
        QVERIFY(!editor.setParam("buffer", "capacitance", 7));
    }

    void undoneToWhatWasSavedItIsNotModified()
    {
        ChainEditor editor(example());
        QVERIFY(!editor.isModified());
        editor.setName("one");
        QVERIFY(editor.isModified());
        editor.setSaved();
        QVERIFY(!editor.isModified());
        editor.setName("two"); // does not merge into what was saved
        QVERIFY(editor.isModified());
        editor.undo();
        QVERIFY(!editor.isModified());
        QCOMPARE(editor.chain().name, std::string("one"));
        editor.undo();
        QVERIFY(editor.isModified());
        editor.setName("three"); // what was saved cannot come back
        QVERIFY(editor.isModified());
        editor.undo();
        QVERIFY(editor.isModified());
    }

    void commentsSurviveTheFile()
    {
        ChainEditor editor;
        const std::string id = editor.addComment({{}, "Errors go\nto \"ops\"", -20, 40, 300, 10});
        QCOMPARE(id, std::string("comment"));
        const Configuration read = parseConfiguration(projectText(editor.chain()), "/");
        QVERIFY(read.ok());
        QCOMPARE(read.chain.comments().size(), std::size_t(1));
        QCOMPARE(read.chain.comments()[0].text, std::string("Errors go\nto \"ops\""));
        QCOMPARE(read.chain.comments()[0].x, -20.0);
        QCOMPARE(read.chain.comments()[0].height, ChainComment::minimumHeight);
    }

    void aCommentWithATakenIdIsAProblemWithItsPlace()
    {
        const Configuration read = parseConfiguration(
            R"({"sluice":1,"nodes":[{"id":"a","type":"NullHandler"}],"comments":[{"id":"a","text":""},{"id":"b"},7]})", "/");
        QCOMPARE(read.problems.size(), std::size_t(3));
        QCOMPARE(read.problems[0].place, std::string("$.comments[0].id"));
        QCOMPARE(read.problems[1].place, std::string("$.comments[1].text"));
        QCOMPARE(read.problems[2].place, std::string("$.comments[2]"));
    }
};

QTEST_GUILESS_MAIN(ChainEditorTest)
#include "ChainEditorTest.moc"
