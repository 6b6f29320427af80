#include "ShowStrings.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "chain/TestNodes.h"
#include "chain/TestRecord.h"
#include "chain/TestRun.h"
#include "chain/WireTap.h"
#include "handler/SocketHandler.h"

#include <QFile>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <thread>

using namespace sluice;
using test::HandFedReceiver;
using Lines = std::vector<std::string>;

namespace {

QJsonObject params(const char *key, const QJsonValue &value) { return {{QLatin1String(key), value}}; }
QJsonValue text(const char *words) { return QString::fromUtf8(words); }

void place(Chain &chain, const char *id, const NodeType &type, const QJsonObject &params = {})
{
    ChainNode node;
    node.id = id;
    node.type = &type;
    node.params = params;
    chain.addNode(node);
}
void place(Chain &chain, const char *id, const char *type, const QJsonObject &params = {})
{
    place(chain, id, *NodeRegistry::builtin().find(type), params);
}

Lines linesOf(const QString &path)
{
    QFile file(path);
    Lines lines;
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd())
            lines.push_back(file.readLine().trimmed().toStdString());
    }
    return lines;
}

NodeStatus statusOf(const Router &router, const char *id)
{
    for (const NodeStatus &node : router.status().nodes) {
        if (node.id == id)
            return node;
    }
    return {};
}

std::uint16_t portOf(const Router &router, const char *id)
{
    const std::string endpoint = statusOf(router, id).endpoint;
    return static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1)));
}

/// Sends numbered records over one connection, as a program with Python's SocketHandler does, until it is told to stop.
class Sender
{
public:
    explicit Sender(std::uint16_t port)
    {
        SocketHandler::Options options;
        options.host = "127.0.0.1";
        options.port = port;
        m_handler = std::make_unique<SocketHandler>(options);
        m_thread = std::thread([this] { send(); });
    }
    ~Sender()
    {
        if (m_thread.joinable())
            stop();
    }

    std::size_t sent() const { return m_sent; }
    /// How many it has sent; every one.
    std::size_t stop()
    {
        m_stopping = true;
        m_thread.join();
        m_handler->close();
        return m_handler->counters().failed == 0 ? m_sent.load() : 0;
    }

private:
    void send()
    {
        constexpr int atATime = 500;
        while (!m_stopping) {
            // 50,000 a second.
            const auto next = std::chrono::steady_clock::now() + std::chrono::milliseconds(10);
            LogRecordBatch batch;
            for (int i = 0; i < atATime; ++i) {
                LogRecord &record = batch.add();
                record.set(Attribute::Name, Value::text("app"));
                record.set(Attribute::Levelno, Value::integer(20));
                record.set(Attribute::Msg, Value::text(batch.arena().copy(std::to_string(m_sent + static_cast<std::size_t>(i)))));
            }
            std::vector<const LogRecord *> pointers;
            for (const LogRecord &record : batch.records())
                pointers.push_back(&record);
            m_handler->handle(pointers);
            m_sent += atATime;
            std::this_thread::sleep_until(next);
        }
    }

    std::unique_ptr<SocketHandler> m_handler;
    std::atomic<bool> m_stopping = false;
    std::atomic<std::size_t> m_sent = 0;
    std::thread m_thread;
};

/// Holds whoever gives it a record until it is let go.
class StuckHandler : public Handler
{
public:
    void letGo()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

protected:
    Status emit(const LogRecord &) override
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isOpen; });
        return {};
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = false;
};

/// Looks at what passes a wire, and takes its time.
class SlowLooker : public ConsoleSink
{
public:
    void append(RecordSpan records) override
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        m_seen += records.size();
    }
    std::uint64_t seen() const { return m_seen; }

private:
    std::atomic<std::uint64_t> m_seen{0};
};

/// A chain of a hand-fed receiver, with files in a folder of its own.
struct Bench
{
    Bench() { place(chain, "in", receiverType); }

    void wire(const char *from, const char *to, const char *port = "out") { chain.addWire({from, port, to, {}, {}}); }
    Router &start()
    {
        router = std::make_unique<Router>(chain, RouterOptions{folder.path().toStdString()});
        router->start();
        return *router;
    }
    void feed(const std::string &message, int level = 20)
    {
        QVERIFY(receiver->feed({{"app", level, message}}));
    }
    Lines lines(const char *name) const { return linesOf(folder.filePath(QString::fromUtf8(name))); }
    /// Until so many have come to a node.
    void settle(const char *id, std::uint64_t received) { QTRY_COMPARE(statusOf(*router, id).received, received); }
    void stop()
    {
        receiver->finish();
        router->waitUntilFinished();
        router->stop();
    }

    QTemporaryDir folder;
    std::shared_ptr<HandFedReceiver> receiver = std::make_shared<HandFedReceiver>();
    Node<test::NoConfig> receiverType = test::nodeOf(receiver);
    Chain chain;
    std::unique_ptr<Router> router;
};

} // namespace

class ApplyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void underLoadNoChangeOfAnyNodeLosesOrDoublesARecord()
    {
        QTemporaryDir folder;
        const auto file = [](const char *name, int number) { return params("filename", text(name).toString() + QString::number(number) + u".log"_qs); };

        // The far end of the node that waits for others.
        Chain far;
        place(far, "in", "SocketReceiver", params("port", 0));
        place(far, "file", "FileHandler", file("far", 0));
        far.addWire({"in", "out", "file", {}, {}});
        Router farRouter(far, RouterOptions{folder.path().toStdString()});
        farRouter.start();

        Chain chain;
        place(chain, "in", "SocketReceiver", params("port", 0));
        place(chain, "filter", "Filter");
        place(chain, "file", "FileHandler", file("file", 0));
        place(chain, "memory", "MemoryHandler", params("capacity", 100));
        place(chain, "kept", "FileHandler", file("kept", 0));
        place(chain, "queue", "QueueHandler");
        place(chain, "queued", "FileHandler", file("queued", 0));
        place(chain, "send", "SocketHandler", {{u"host"_qs, u"127.0.0.1"_qs}, {u"port"_qs, portOf(farRouter, "in")}});
        chain.addWire({"in", "out", "filter", {}, {}});
        chain.addWire({"filter", "out", "file", {}, {}});
        chain.addWire({"in", "out", "memory", {}, {}});
        chain.addWire({"memory", "target", "kept", {}, {}});
        chain.addWire({"in", "out", "queue", {}, {}});
        chain.addWire({"queue", "handlers", "queued", {}, {}});
        chain.addWire({"in", "out", "send", 1000, WhenFull::Block});
        QVERIFY(chain.check().empty());
        Router router(chain, RouterOptions{folder.path().toStdString()});
        router.start();
        Sender sender(portOf(router, "in"));

        // Whatever is changed, all the rest goes on; each goes to new files, or to itself made anew.
        chain.node("in")->params = params("port", portOf(router, "in"));
        for (int round = 1; round <= 3; ++round) {
            const auto change = [&](const char *id, const QJsonObject &changed) {
                chain.node(id)->params = changed;
                const std::size_t before = sender.sent();
                QTRY_VERIFY(sender.sent() > before + 1000);
                const Status status = router.apply(chain);
                QVERIFY2(status.ok(), status.ok() ? "" : status.error().text.c_str());
            };
            change("filter", params("name", round % 2 ? u"app"_qs : QString()));
            change("file", file("file", round));
            change("memory", params("capacity", 100 + round));
            change("kept", file("kept", round));
            change("queue", params("level", round % 2 ? u"DEBUG"_qs : u"INFO"_qs));
            change("queued", file("queued", round));
            change("send", {{u"host"_qs, u"127.0.0.1"_qs}, {u"port"_qs, portOf(farRouter, "in")}, {u"closeOnError"_qs, round % 2 != 0}});
            change("in", {{u"port"_qs, portOf(router, "in")}, {u"maxConnections"_qs, 100 + round}});
            if (QTest::currentTestFailed())
                return;
        }
        // And the wires.
        Chain rewired;
        for (const ChainNode &node : chain.nodes())
            rewired.addNode(node);
        place(rewired, "another", "Filter");
        for (const Wire &wire : chain.wires())
            rewired.addWire(wire.from == "filter" ? Wire{"filter", "out", "another", {}, {}} : wire);
        rewired.addWire({"another", "out", "file", {}, {}});
        QVERIFY(router.apply(rewired));

        const std::size_t sent = sender.stop();
        QVERIFY(sent > 20'000);
        QTRY_COMPARE(router.status().total().accepted, std::uint64_t(sent));
        router.stop();
        const SourceStatus total = router.status().total();
        QCOMPARE(total.delivered, std::uint64_t(sent));
        QCOMPARE(total.dropped, 0u);
        QTRY_COMPARE(farRouter.status().total().accepted, std::uint64_t(sent));
        farRouter.stop();

        Lines expected;
        for (std::size_t i = 0; i < sent; ++i)
            expected.push_back(std::to_string(i));
        const auto all = [&](const char *name) {
            Lines lines;
            for (int number = 0; number <= 3; ++number) {
                const Lines some = linesOf(folder.filePath(QString::fromUtf8(name) + QString::number(number) + u".log"_qs));
                lines.insert(lines.end(), some.begin(), some.end());
            }
            return lines;
        };
        QVERIFY(all("file") == expected);
        QVERIFY(all("kept") == expected);
        QVERIFY(all("queued") == expected);
        // Connections that end and those that begin are read beside each other.
        Lines gone = all("far");
        std::ranges::sort(gone, {}, [](const std::string &line) { return std::stoul(line); });
        QVERIFY(gone == expected);
    }

    void underLoadASlowViewOfEveryWireLosesNothingAndCountsWhatItMissed()
    {
        QTemporaryDir folder;
        Chain chain;
        place(chain, "in", "SocketReceiver", params("port", 0));
        place(chain, "filter", "Filter");
        place(chain, "file", "FileHandler", params("filename", text("file.log")));
        place(chain, "queue", "QueueHandler");
        place(chain, "queued", "FileHandler", params("filename", text("queued.log")));
        chain.addWire({"in", "out", "filter", {}, {}});
        chain.addWire({"filter", "out", "file", {}, {}});
        chain.addWire({"in", "out", "queue", {}, {}});
        chain.addWire({"queue", "handlers", "queued", {}, {}});
        Router router(chain, RouterOptions{folder.path().toStdString()});
        router.start();
        std::vector<std::pair<std::shared_ptr<SlowLooker>, std::shared_ptr<WireTap>>> taps;
        for (const Wire &wire : chain.wires()) {
            auto looker = std::make_shared<SlowLooker>();
            taps.emplace_back(looker, std::make_shared<WireTap>(looker));
            QVERIFY(router.tap(wire, taps.back().second));
        }
        Sender sender(portOf(router, "in"));
        std::size_t tests = 0;
        for (int round = 1; round <= 3; ++round) {
            const std::size_t before = sender.sent();
            QTRY_VERIFY(sender.sent() > before + 5000);
            chain.node("filter")->params = params("name", round % 2 ? u"app"_qs : QString());
            QVERIFY(router.apply(chain));
            TestRecord record;
            record.logger = "app";
            QVERIFY(router.sendTest("in", *record.make(0)));
            ++tests;
        }
        const std::size_t all = sender.stop() + tests;
        QTRY_COMPARE(router.status().total().accepted, std::uint64_t(all));
        router.stop();
        QCOMPARE(router.status().total().delivered, std::uint64_t(all));
        QCOMPARE(router.status().total().dropped, 0u);
        QCOMPARE(linesOf(folder.filePath(u"file.log"_qs)).size(), all);
        QCOMPARE(linesOf(folder.filePath(u"queued.log"_qs)).size(), all);
        for (const auto &[looker, tap] : taps) {
            const WireTap::Figures figures = tap->figures();
            QCOMPARE(figures.shown + figures.missed, std::uint64_t(all));
            QCOMPARE(figures.shown, looker->seen());
        }
    }

    void aChangeThatCannotStartLeavesTheOldChainRunningAndSaysWhy()
    {
        Bench bench;
        place(bench.chain, "file", "FileHandler", params("filename", text("a.log")));
        bench.wire("in", "file");
        Router &router = bench.start();
        bench.feed("before");

        Chain changed = bench.chain;
        changed.node("file")->params = params("filename", text("no/such/folder/a.log"));
        const Status status = router.apply(changed);
        QVERIFY(!status);
        QVERIFY2(status.error().text.starts_with("\"file\" cannot start: "), status.error().text.c_str());
        bench.feed("after");
        bench.stop();
        QCOMPARE(bench.lines("a.log"), (Lines{"before", "after"}));
        QCOMPARE(router.status().total().dropped, 0u);
    }

    void aReceiverWhosePortIsTakenLeavesTheOldOneListening()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        QTemporaryDir folder;
        Chain chain;
        place(chain, "in", "SocketReceiver", params("port", 0));
        place(chain, "file", "FileHandler", params("filename", text("a.log")));
        chain.addWire({"in", "out", "file", {}, {}});
        Router router(chain, RouterOptions{folder.path().toStdString()});
        router.start();
        const std::uint16_t port = portOf(router, "in");
        chain.node("in")->params = params("port", port);
        QVERIFY(router.apply(chain));
        Sender sender(port);
        QTRY_VERIFY(router.status().total().accepted > 0);

        Chain changed = chain;
        place(changed, "more", "SocketReceiver", params("port", other.serverPort()));
        changed.node("in")->params.insert(u"maxConnections"_qs, 7);
        changed.addWire({"more", "out", "file", {}, {}});
        const Status status = router.apply(changed);
        QVERIFY(!status);
        QVERIFY2(status.error().text.find("in use") != std::string::npos, status.error().text.c_str());
        QCOMPARE(router.chain().nodes().size(), std::size_t(2));
        QCOMPARE(statusOf(router, "in").state, NodeStatus::State::Running);
        QCOMPARE(portOf(router, "in"), port);
        // Who was connected still is, and others can.
        Sender second(port);
        const std::uint64_t accepted = router.status().total().accepted;
        QTRY_VERIFY(router.status().total().accepted > accepted + 2000);
        const std::size_t sent = sender.stop() + second.stop();
        QTRY_COMPARE(router.status().total().accepted, std::uint64_t(sent));
        router.stop();
        QCOMPARE(linesOf(folder.filePath(u"a.log"_qs)).size(), sent);
    }

    void whatAMemoryHandlerHoldsIsHeldOnAndNotPassedOnEarly()
    {
        Bench bench;
        place(bench.chain, "memory", "MemoryHandler", params("capacity", 100));
        place(bench.chain, "file", "FileHandler", params("filename", text("a.log")));
        bench.wire("in", "memory");
        bench.wire("memory", "file", "target");
        Router &router = bench.start();
        bench.feed("1");
        bench.feed("2");
        bench.settle("memory", 2);

        Chain changed = bench.chain;
        changed.node("memory")->params.insert(u"flushOnClose"_qs, false);
        QVERIFY(router.apply(changed));
        QCOMPARE(bench.lines("a.log"), Lines{});
        QCOMPARE(statusOf(router, "memory").pending, 2u);
        QCOMPARE(router.status().total().pending, 2u);
        bench.feed("3", 40);
        bench.settle("memory", 1);
        QTRY_COMPARE(bench.lines("a.log"), (Lines{"1", "2", "3"}));

        // With less room than it holds it passes on.
        bench.feed("4");
        bench.feed("5");
        bench.settle("memory", 3);
        changed.node("memory")->params.insert(u"capacity"_qs, 2);
        QVERIFY(router.apply(changed));
        QTRY_COMPARE(bench.lines("a.log"), (Lines{"1", "2", "3", "4", "5"}));
        bench.stop();
        QCOMPARE(router.status().total().delivered, 5u);
    }

    void aMemoryHandlerThatIsTakenAwayPassesOnWhatItHolds()
    {
        Bench bench;
        place(bench.chain, "memory", "MemoryHandler", params("capacity", 100));
        place(bench.chain, "filter", "Filter");
        place(bench.chain, "file", "FileHandler", params("filename", text("a.log")));
        bench.wire("in", "memory");
        bench.wire("memory", "filter", "target"); // a target that is no handler goes through the plan itself
        bench.wire("filter", "file");
        Router &router = bench.start();
        bench.feed("1");
        bench.settle("memory", 1);
        Chain changed;
        for (const ChainNode &node : bench.chain.nodes()) {
            if (node.id != "memory")
                changed.addNode(node);
        }
        changed.addWire({"in", "out", "filter", {}, {}});
        changed.addWire({"filter", "out", "file", {}, {}});
        QVERIFY(router.apply(changed));
        QCOMPARE(bench.lines("a.log"), (Lines{"1"}));
        bench.feed("2");
        bench.stop();
        QCOMPARE(bench.lines("a.log"), (Lines{"1", "2"}));
        QCOMPARE(router.status().total().delivered, 2u);
    }

    void aFileInModeWIsNotEmptiedByAChange()
    {
        Bench bench;
        place(bench.chain, "file", "FileHandler", {{u"filename"_qs, u"a.log"_qs}, {u"mode"_qs, u"w"_qs}});
        bench.wire("in", "file");
        Router &router = bench.start();
        bench.feed("1");
        bench.settle("file", 1);
        bench.chain.node("file")->params.insert(u"terminator"_qs, u"!\n"_qs);
        QVERIFY(router.apply(bench.chain));
        bench.feed("2");
        bench.stop();
        QCOMPARE(bench.lines("a.log"), (Lines{"1", "2!"}));
    }

    void nodesThatAreTheSameGoOnWithTheirCounters()
    {
        Bench bench;
        const auto recorder = std::make_shared<RecordingHandler>();
        const Node<HandlerConfig> type = test::nodeOf(recorder);
        place(bench.chain, "same", type);
        place(bench.chain, "file", "FileHandler", params("filename", text("a.log")));
        bench.wire("in", "same");
        bench.wire("in", "file");
        Router &router = bench.start();
        bench.feed("1");
        bench.settle("file", 1);
        bench.chain.node("file")->params = params("filename", text("b.log"));
        bench.chain.node("same")->x = 500; // where it stands on the canvas is nothing to restart it for
        QVERIFY(router.apply(bench.chain));
        bench.feed("2");
        bench.settle("file", 1);
        QCOMPARE(statusOf(router, "same").received, 2u);
        QCOMPARE(statusOf(router, "file").received, 1u);
        QCOMPARE(statusOf(router, "in").received, 2u);
        bench.stop();
        QCOMPARE(recorder->lines(), (Lines{"1", "2"}));
    }

    void aDeadPeerDoesNotKeepItsOwnNodeFromBeingChanged()
    {
        Bench bench;
        const auto stuck = std::make_shared<StuckHandler>();
        const Node<HandlerConfig> type = Node<HandlerConfig>(test::nodeOf(std::static_pointer_cast<Handler>(stuck))).waitsForOthers();
        place(bench.chain, "peer", type);
        place(bench.chain, "file", "FileHandler", params("filename", text("a.log")));
        bench.wire("in", "file");
        bench.chain.addWire({"in", "out", "peer", 1, WhenFull::Block});
        Router &router = bench.start();
        // One is in the handler's hands, one in its queue; the third holds up the router, once the file before has it: a
        // record that still waits for the router goes by the new chain.
        for (const char *message : {"1", "2", "3"})
            bench.feed(message);
        QTRY_COMPARE(bench.lines("a.log"), (Lines{"1", "2", "3"}));

        Chain changed;
        for (const ChainNode &node : bench.chain.nodes())
            changed.addNode(node);
        changed.addWire({"in", "out", "file", {}, {}});
        changed.node("peer")->type = NodeRegistry::builtin().find("FileHandler");
        changed.node("peer")->params = params("filename", text("peer.log"));
        changed.addWire({"in", "out", "peer", {}, {}});
        Status status = Error{"not yet"};
        std::jthread applying([&] { status = router.apply(changed); });
        const auto letGo = qScopeGuard([&] { stuck->letGo(); }); // or a failure here would wait for it for ever
        // The new chain runs while the old node is still stuck.
        QTRY_COMPARE(statusOf(router, "peer").received, 0u);
        QCOMPARE(bench.lines("a.log"), (Lines{"1", "2", "3"}));
        bench.feed("4");
        QTRY_COMPARE(bench.lines("peer.log"), (Lines{"4"}));
        stuck->letGo();
        applying.join();
        QVERIFY(status);
        bench.stop();
        const SourceStatus total = router.status().total();
        QCOMPARE(total.delivered + total.dropped, 4u);
        QCOMPARE(total.pending, 0u);
    }

    void whatWaitsForAPeerGoesOnInTheNodeThatTakesItsPlace()
    {
        // Nobody listens there at first.
        std::uint16_t port = 0;
        {
            QTcpServer server;
            QVERIFY(server.listen(QHostAddress::LocalHost));
            port = server.serverPort();
        }
        Bench bench;
        place(bench.chain, "send", "SocketHandler",
              {{u"host"_qs, u"127.0.0.1"_qs}, {u"port"_qs, port}, {u"keepUnsent"_qs, 1'000'000}});
        bench.wire("in", "send");
        Router &router = bench.start();
        for (int i = 0; i < 100; ++i)
            bench.feed(std::to_string(i));
        QTRY_COMPARE(statusOf(router, "send").pending, 100u);

        Chain far;
        place(far, "in", "SocketReceiver", params("port", 0));
        place(far, "file", "FileHandler", params("filename", text("far.log")));
        far.addWire({"in", "out", "file", {}, {}});
        Router farRouter(far, RouterOptions{bench.folder.path().toStdString()});
        farRouter.start();
        bench.chain.node("send")->params.insert(u"port"_qs, portOf(farRouter, "in"));
        QVERIFY(router.apply(bench.chain));
        bench.feed("100");
        QTRY_COMPARE(farRouter.status().total().accepted, 101u);
        bench.stop();
        farRouter.stop();
        const Lines lines = bench.lines("far.log");
        QCOMPARE(lines.size(), std::size_t(101));
        QVERIFY(std::ranges::is_sorted(lines, {}, [](const std::string &line) { return std::stoi(line); }));
        QCOMPARE(router.status().total().delivered, 101u);
    }

    void aStoppedRouterTakesTheChainForItsNextStart()
    {
        Bench bench;
        place(bench.chain, "file", "FileHandler", params("filename", text("a.log")));
        bench.wire("in", "file");
        Router &router = bench.start();
        router.stop();
        bench.chain.node("file")->params = params("filename", text("b.log"));
        QVERIFY(router.apply(bench.chain));
        router.start();
        bench.feed("1");
        bench.stop();
        QCOMPARE(bench.lines("b.log"), (Lines{"1"}));
    }
};

QTEST_GUILESS_MAIN(ApplyTest)
#include "ApplyTest.moc"
