#include "ShowStrings.h"
#include "chain/GatedHandler.h"
#include "chain/RunningChain.h"
#include "chain/TestRecord.h"
#include "chain/TestRun.h"
#include "format/Formatter.h"
#include "record/SampleRecord.h"
#include "support/Patience.h"
#include "support/RunProgram.h"
#include "support/TestPaths.h"

#include <QFile>
#include <QJsonArray>
#include <QScopeGuard>

using namespace sluice;
using test::RunningChain;
using Outcome = TestStep::Outcome;

namespace {

QJsonObject params(const char *key, const QJsonValue &value) { return {{QLatin1String(key), value}}; }

/// "node outcome reason", indented by its depth.
std::string wordsOf(const TestStep &step)
{
    static constexpr const char *words[] = {"working", "waiting", "passed", "written", "rejected", "lost"};
    std::string text(static_cast<std::size_t>(step.depth), ' ');
    text += step.node + ' ' + words[static_cast<int>(step.outcome)];
    return step.reason.empty() ? text : text + ": " + step.reason;
}

std::vector<std::string> stepsOf(const TestRun &run)
{
    std::vector<std::string> lines;
    for (const TestStep &step : run.state().steps)
        lines.push_back(wordsOf(step));
    return lines;
}

std::shared_ptr<const TestRun> send(Router &router, const char *node, const TestRecord &record = {})
{
    auto batch = record.make(1'700'000'000'000'000'000);
    if (!batch)
        qFatal("%s", batch.error().text.c_str());
    auto run = router.sendTest(node, *batch);
    if (!run)
        qFatal("%s", run.error().text.c_str());
    return *run;
}

using Lines = std::vector<std::string>;

} // namespace

/// Test records in chains that really run.
class TestRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldOfEachNodeInTheOrderInWhichItComesToThem()
    {
        RunningChain bench;
        bench.place("db", "Filter", params("name", u"app.db"_qs));
        bench.place("errors", "ExpressionFilter", params("expression", u"level >= ERROR"_qs));
        bench.place("file", "FileHandler", params("filename", u"a.log"_qs));
        bench.place("mail", "NullHandler");
        bench.place("critical", "NullHandler", params("level", u"CRITICAL"_qs));
        bench.wire("in", "db");
        bench.wire("db", "file");
        bench.wire("db", "errors");
        bench.wire("errors", "mail");
        bench.wire("in", "critical");
        Router &router = bench.start();
        TestRecord record;
        record.logger = "app.db.pool";
        const auto run = send(router, "in", record);
        QTRY_VERIFY(run->state().isFinished);
        QCOMPARE(stepsOf(*run), (Lines{"in passed", " db passed", "  file written",
                                       "  errors rejected: passes only level >= ERROR",
                                       " critical rejected: level CRITICAL is not reached"}));
        const std::vector<TestStep> steps = run->state().steps;
        QCOMPARE(steps[2].from, std::size_t(1));
        QCOMPARE(steps[2].port, std::string("out"));
        QCOMPARE(steps[0].from, TestStep::none);
        QCOMPARE(TestRun::underWay(), 0);

        record.level = 50;
        const auto severe = send(router, "db", record);
        QTRY_VERIFY(severe->state().isFinished);
        QCOMPARE(stepsOf(*severe), (Lines{"db passed", " file written", " errors passed", "  mail written"}));
        bench.stop();
        // It went through the chain as it runs: counted, and written.
        QCOMPARE(bench.nodeStatus("db").received, 2u);
        QCOMPARE(bench.wireStatus("errors", "mail").passed, 1u);
        QFile file(bench.folder.filePath(u"a.log"_qs));
        QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
        QCOMPARE(file.readAll(), QByteArray("A test record by Sluice\nA test record by Sluice\n"));
        const SourceStatus total = router.status().total();
        QCOMPARE(total.accepted, 2u);
        QCOMPARE(total.delivered, 2u);
        QCOMPARE(router.status().sources.front().peer, std::string(Router::testPeer));
    }

    void saysWhichLoggerAndWhichFilterOfAHandlerHoldsItBack()
    {
        RunningChain bench;
        bench.place("root", "Logger", params("level", u"INFO"_qs));
        bench.place("db", "Logger", QJsonObject{{u"name"_qs, u"app.db"_qs}, {u"level"_qs, u"WARNING"_qs}});
        bench.place("all", "NullHandler", params("filters", QJsonArray{u"app.web"_qs}));
        bench.place("dbs", "NullHandler");
        bench.wire("in", "root");
        bench.wire("root", "all");
        bench.wire("db", "dbs");
        Router &router = bench.start();
        TestRecord record;
        record.logger = "app.db";
        const auto low = send(router, "in", record);
        record.level = 40;
        const auto high = send(router, "db", record);
        record.logger = "app.web.x";
        const auto web = send(router, "in", record);
        QTRY_VERIFY(web->state().isFinished);
        QCOMPARE(stepsOf(*low), (Lines{"in passed", " db rejected: level WARNING is not reached"}));
        QCOMPARE(stepsOf(*high), (Lines{"db passed", " dbs written", "root passed",
                                        " all rejected: its filter passes app.web alone"}));
        QCOMPARE(stepsOf(*web), (Lines{"in passed", " root passed", "  all written"}));
        bench.stop();
        QCOMPARE(bench.nodeStatus("root").received, 2u);
    }

    void saysWhatAHandlerFailedWith()
    {
        RunningChain bench;
        const auto failing = std::make_shared<RecordingHandler>();
        failing->failWith("The disk is full.");
        const auto type = test::nodeOf(failing);
        const auto none = test::nodeOf(std::shared_ptr<Handler>());
        bench.place("failing", type);
        bench.place("none", none);
        bench.wire("in", "failing");
        bench.wire("in", "none");
        Router &router = bench.start();
        const auto run = send(router, "in");
        QTRY_VERIFY(run->state().isFinished);
        QCOMPARE(stepsOf(*run), (Lines{"in passed", " failing lost: The disk is full.", " none lost: It cannot be made."}));
        bench.stop();
        const SourceStatus total = router.status().total();
        QCOMPARE(total.dropped, 1u);
        QCOMPARE(total.delivered, 0u);
        QCOMPARE(total.pending, 0u);
    }

    void waitsInAQueueUntilItsHandlerHasWrittenIt()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const auto slow = test::nodeOf(gate).waitsForOthers();
        RunningChain bench;
        const auto letGo = qScopeGuard([&] { gate->open(); });
        bench.place("slow", slow);
        bench.place("quick", "NullHandler");
        bench.wire("in", "slow");
        bench.wire("in", "quick");
        Router &router = bench.start();
        const auto run = send(router, "in");
        QTRY_COMPARE(stepsOf(*run), (Lines{"in passed", " slow waiting", " quick written"}));
        QVERIFY(!run->state().isFinished);
        QCOMPARE(TestRun::underWay(), 1);
        gate->open();
        QTRY_COMPARE(stepsOf(*run), (Lines{"in passed", " slow written", " quick written"}));
        QTRY_VERIFY(run->state().isFinished);
        QCOMPARE(TestRun::underWay(), 0);
        bench.stop();
        QCOMPARE(gate->lines(), Lines{"A test record by Sluice"});
        QCOMPARE(router.status().total().delivered, 1u);
    }

    void aFullQueueLosesItAndSaysSo()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const auto slow = test::nodeOf(gate).waitsForOthers();
        RunningChain bench;
        const auto letGo = qScopeGuard([&] { gate->open(); });
        bench.place("slow", slow);
        bench.place("quick", "NullHandler");
        bench.chain.addWire({"in", "out", "slow", 1, WhenFull::DropNewest});
        bench.wire("in", "quick");
        Router &router = bench.start();
        // One is in the handler's hands, and one waits behind it: now it is full.
        QVERIFY(bench.feed(1));
        QTRY_VERIFY(gate->isReached());
        QVERIFY(bench.feed(1));
        QTRY_COMPARE(bench.wireStatus("in", "slow").waiting, 2u);
        const auto run = send(router, "in");
        QTRY_COMPARE(stepsOf(*run),
                     (Lines{"in passed", " slow lost: The queue is full: the handler behind it is too slow, or waits for its peer.",
                            " quick written"}));
        QVERIFY(run->state().isFinished);
        gate->open();
        bench.stop();
    }

    void isFollowedFromABufferToItsTarget()
    {
        RunningChain bench;
        bench.place("memory", "MemoryHandler", params("capacity", 3));
        bench.place("errors", "ExpressionFilter", params("expression", u"level >= INFO"_qs));
        const auto kept = std::make_shared<RecordingHandler>();
        const auto type = test::nodeOf(kept);
        bench.place("kept", type, params("level", u"CRITICAL"_qs));
        bench.place("queue", "QueueHandler");
        bench.place("queued", "NullHandler");
        bench.wire("in", "memory");
        bench.wire("memory", "kept", "target");
        bench.wire("in", "queue");
        bench.wire("queue", "queued", "handlers");
        Router &router = bench.start();
        QVERIFY(bench.feed(1));
        const auto run = send(router, "in");
        QTRY_COMPARE(run->state().steps.size(), std::size_t(4));
        QTRY_COMPARE(wordsOf(run->state().steps[2]), std::string(" queue passed"));
        QCOMPARE(stepsOf(*run), (Lines{"in passed", " memory waiting", " queue passed", "  queued written"}));
        QVERIFY(!run->state().isFinished);
        QVERIFY(bench.feed(1));
        QTRY_VERIFY(run->state().isFinished);
        // A target's level is not asked, as in Python.
        QCOMPARE(stepsOf(*run), (Lines{"in passed", " memory passed", " queue passed", "  queued written", "  kept written"}));
        QCOMPARE(run->state().steps[4].port, std::string("target"));
        bench.stop();
        // With those beside it, in their order, as one.
        QCOMPARE(kept->lines(), (Lines{"0", "A test record by Sluice", "1"}));
    }

    void goesOnInTheChainThatTakesThePlaceOfTheOneItWasSentThrough()
    {
        RunningChain bench;
        bench.place("memory", "MemoryHandler", params("capacity", 100));
        bench.place("a", "NullHandler");
        bench.place("b", "NullHandler");
        bench.wire("in", "memory");
        bench.wire("memory", "a", "target");
        Router &router = bench.start();
        const auto run = send(router, "memory");
        QTRY_COMPARE(stepsOf(*run), Lines{"memory waiting"});
        Chain changed;
        for (const ChainNode &node : bench.chain.nodes())
            changed.addNode(node);
        changed.addWire({"in", "out", "memory", {}, {}});
        changed.addWire({"memory", "target", "b", {}, {}});
        QVERIFY(router.apply(changed));
        QVERIFY(bench.feed(1, 50));
        QTRY_COMPARE(stepsOf(*run), (Lines{"memory passed", " b written"}));
        bench.stop();
    }

    void goesBesideManyOthersWithoutTheirBeingLostOrDoubled()
    {
        RunningChain bench;
        const auto written = std::make_shared<RecordingHandler>();
        const auto type = test::nodeOf(written);
        bench.place("root", "Logger");
        bench.place("file", type);
        bench.place("queue", "QueueHandler");
        bench.place("queued", "FileHandler", params("filename", u"queued.log"_qs));
        bench.wire("in", "root");
        bench.wire("root", "file");
        bench.wire("in", "queue");
        bench.wire("queue", "queued", "handlers");
        Router &router = bench.start();
        std::vector<std::shared_ptr<const TestRun>> runs;
        for (int i = 0; i < 50; ++i) {
            QVERIFY(bench.feed(20));
            runs.push_back(send(router, "in"));
        }
        for (const auto &run : runs)
            QTRY_VERIFY(run->state().isFinished);
        bench.stop();
        QCOMPARE(written->lines().size(), std::size_t(1050));
        for (const auto &run : runs)
            QCOMPARE(stepsOf(*run), (Lines{"in passed", " root passed", "  file written", " queue passed", "  queued written"}));
        QCOMPARE(router.status().total().delivered, 1050u);
    }

    void isRefusedWhereTooManyAreOnTheirWay()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const auto slow = test::nodeOf(gate);
        RunningChain bench;
        const auto letGo = qScopeGuard([&] { gate->open(); });
        bench.place("slow", slow);
        bench.wire("in", "slow");
        Router &router = bench.start();
        std::vector<std::shared_ptr<const TestRun>> runs;
        for (int i = 0; i < 64; ++i)
            runs.push_back(send(router, "in"));
        const auto tooMany = router.sendTest("in", makeSampleRecord("x", 0));
        QVERIFY(!tooMany);
        QCOMPARE(tooMany.error().text, std::string("Too many test records are still on their way."));
        gate->open();
        for (const auto &run : runs)
            QTRY_VERIFY(run->state().isFinished);
        QVERIFY(send(router, "in"));
        bench.stop();
        // What was refused is in no account.
        QCOMPARE(router.status().total().accepted, 65u);
        QCOMPARE(router.status().total().delivered, 65u);
    }

    void isRefusedWhereNothingRunsOrTheNodeIsNotThere()
    {
        RunningChain bench;
        bench.place("a", "NullHandler");
        bench.wire("in", "a");
        bench.router = std::make_unique<Router>(bench.chain, RouterOptions{"/"});
        QCOMPARE(bench.router->sendTest("in", makeSampleRecord("x", 0)).error().text, std::string("The chain does not run."));
        bench.router->start();
        QCOMPARE(bench.router->sendTest("b", makeSampleRecord("x", 0)).error().text,
                 std::string("The chain that runs has no node \"b\"."));
        bench.stop();
        QVERIFY(!bench.router->sendTest("in", makeSampleRecord("x", 0)));
    }

    void sluicectlPutsOneInAndSaysWhereItWent()
    {
        QTemporaryDir folder;
        QFile project(folder.filePath(u"a.sluice"_qs));
        QVERIFY(project.open(QIODevice::WriteOnly));
        project.write(R"({ "sluice": 1, "nodes": [
            { "id": "in", "type": "SocketReceiver", "params": { "port": 1 } },
            { "id": "errors", "type": "ExpressionFilter", "params": { "expression": "level >= ERROR and user.id == 42" } },
            { "id": "memory", "type": "MemoryHandler", "params": { "capacity": 10, "flushLevel": "CRITICAL" } },
            { "id": "file", "type": "FileHandler", "params": { "filename": "a.log" } } ],
            "wires": [ { "from": "in", "port": "out", "to": "errors" }, { "from": "errors", "port": "out", "to": "memory" },
                       { "from": "memory", "port": "target", "to": "file" } ] })");
        project.close();
        const auto run = [&](const QStringList &words) {
            const ProgramResult result = runOwnProgram(test::inBin("sluicectl"), QStringList{u"try"_qs} + words);
            return std::pair(result.ok, QString::fromUtf8(result.output).remove(QLatin1Char('\r')));
        };
        const QString path = project.fileName();
        QCOMPARE(run({path, u"in"_qs}), std::pair(true, QStringLiteral("in: passed on\n  errors: held back: passes only level >= ERROR and user.id == 42\n")));
        QVERIFY(!QFile::exists(folder.filePath(u"a.log"_qs)) || QFile(folder.filePath(u"a.log"_qs)).size() == 0);
        QCOMPARE(run({u"--level"_qs, u"ERROR"_qs, u"--message"_qs, u"here"_qs, path, u"in"_qs, u"user.id=42"_qs}).first, true);
        QCOMPARE(run({u"--level"_qs, u"ERROR"_qs, u"--message"_qs, u"here"_qs, path, u"memory"_qs}),
                 std::pair(true, QStringLiteral("memory: passed on\n  file: written\n")));
        QFile file(folder.filePath(u"a.log"_qs));
        QVERIFY(file.open(QIODevice::ReadOnly | QIODevice::Text));
        QCOMPARE(file.readAll(), QByteArray("here\nhere\n"));
        QVERIFY(!run({path, u"nowhere"_qs}).first);
        QVERIFY(!run({path}).first);
        QVERIFY(!run({u"--level"_qs, u"LOUD"_qs, path, u"in"_qs}).first);
    }

    void aTestRecordIsMarkedAndHasWhatWasAskedFor()
    {
        TestRecord record;
        record.logger = "app.db";
        record.level = 30;
        record.message = "slow";
        record.extra = *TestRecord::parseExtra("user.id = 42\n\n ratio=0.5\nwho= inf \nok=true\nnothing=None\n");
        const auto batch = record.make(1'500'000'000);
        QVERIFY(batch);
        const LogRecord &made = (*batch)->records().front();
        QCOMPARE(made.name(), std::string_view("app.db"));
        QCOMPARE(made.levelname(), std::string_view("WARNING"));
        QCOMPARE(made.levelno, 30);
        QCOMPARE(made.created, Nanoseconds(1'500'000'000));
        QCOMPARE(made.extra.size(), std::size_t(6));
        QVERIFY(made.find(TestRecord::mark) == Value::boolean(true));
        QVERIFY(made.find("user.id") == Value::integer(42));
        QVERIFY(made.find("ratio") == Value::real(0.5));
        QVERIFY(made.find("who") == Value::text("inf"));
        QVERIFY(made.find("ok") == Value::boolean(true));
        QVERIFY(made.find("nothing") == Value::none());
    }

    void extraFieldsThatCannotBeAreRefused()
    {
        QVERIFY(!TestRecord::parseExtra("no sign"));
        QVERIFY(!TestRecord::parseExtra("= 4"));
        TestRecord record;
        record.extra = {{"levelno", "4"}};
        QCOMPARE(record.make(0).error().text, std::string("\"levelno\" is an attribute of every record, and can be no extra field."));
        record.extra = {{"message", "4"}};
        QVERIFY(!record.make(0));
        record.extra = {{"a", "1"}, {"a", "2"}};
        QVERIFY(!record.make(0));
        record.extra.assign(TestRecord::maxExtra + 1, {"a", "1"});
        QVERIFY(!record.make(0));
    }
};

QTEST_GUILESS_MAIN(TestRunTest)
#include "TestRunTest.moc"
