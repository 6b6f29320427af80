#include "ShowStrings.h"
#include "chain/GatedHandler.h"
#include "chain/NodeRegistry.h"
#include "chain/RouteGuarantee.h"
#include "chain/Router.h"
#include "chain/RouterIntake.h"
#include "chain/TestNodes.h"
#include "receiver/BatchPool.h"
#include "support/Patience.h"

#include <QScopeGuard>

#include <thread>

using namespace sluice;
using test::HandFedReceiver;
using Lines = std::vector<std::string>;

namespace {

/// A chain of a hand-fed receiver and two recording handlers, to be wired by a test.
struct Bench
{
    Bench()
    {
        place("in", receiverType);
        place("a", typeA);
        place("b", typeB);
    }

    void place(const char *id, const NodeType &type, const QJsonObject &params = {})
    {
        ChainNode node;
        node.id = id;
        node.type = &type;
        node.params = params;
        chain.addNode(node);
    }
    void place(const char *id, const char *type, const QJsonObject &params = {})
    {
        place(id, *NodeRegistry::builtin().find(type), params);
    }
    void wire(const char *from, const char *to) { chain.addWire({from, "out", to}); }

    Router &start()
    {
        router = std::make_unique<Router>(chain, RouterOptions{"/"});
        router->start();
        return *router;
    }

    void finish()
    {
        receiver->finish();
        router->waitUntilFinished();
        router->stop();
    }

    const NodeStatus status(const char *id) const
    {
        for (const NodeStatus &node : router->status().nodes) {
            if (node.id == id)
                return node;
        }
        return {};
    }

    std::shared_ptr<HandFedReceiver> receiver = std::make_shared<HandFedReceiver>();
    std::shared_ptr<RecordingHandler> a = std::make_shared<RecordingHandler>();
    std::shared_ptr<RecordingHandler> b = std::make_shared<RecordingHandler>();
    Node<test::NoConfig> receiverType = test::nodeOf(receiver);
    Node<HandlerConfig> typeA = test::nodeOf(a);
    Node<HandlerConfig> typeB = test::nodeOf(b);
    Chain chain;
    std::unique_ptr<Router> router;
};

/// In the router's hands, in the queue, which takes a batch as long as it is not full, and in those of the receiver that waits for room.
constexpr std::uint64_t mostUnderWay = 16'384;

QJsonObject params(const char *key, const QJsonValue &value) { return {{QLatin1String(key), value}}; }

} // namespace

class RouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWireGetsEveryRecordInOrder()
    {
        Bench bench;
        bench.wire("in", "a");
        bench.wire("in", "b");
        bench.start();
        for (int i = 0; i < 100; ++i)
            QVERIFY(bench.receiver->feed({{"x", 20, std::to_string(2 * i)}, {"x", 20, std::to_string(2 * i + 1)}}));
        bench.finish();
        QCOMPARE(bench.a->lines().size(), 200u);
        QCOMPARE(bench.a->lines(), bench.b->lines());
        QCOMPARE(bench.a->lines()[137], std::string("137"));
        QCOMPARE(bench.router->status().total().delivered, 200u);
    }

    void handlerGetsNothingBelowItsLevel()
    {
        Bench bench;
        bench.chain.node("a")->params = params("level", QStringLiteral("ERROR"));
        bench.wire("in", "a");
        bench.start();
        bench.receiver->feed({{"x", 40, "e"}, {"x", 39, "w"}, {"x", 50, "c"}});
        bench.finish();
        QCOMPARE(bench.a->lines(), (Lines{"e", "c"}));
        QCOMPARE(bench.status("a").filtered, 1u);
        QCOMPARE(bench.router->status().total().delivered, 3u);
    }

    void filterNodePassesItsLogger()
    {
        Bench bench;
        bench.place("f", "Filter", params("name", QStringLiteral("app")));
        bench.wire("in", "f");
        bench.wire("f", "a");
        bench.wire("f", "b");
        bench.start();
        bench.receiver->feed({{"app", 20, "1"}, {"apple", 20, "2"}, {"app.db", 20, "3"}});
        bench.finish();
        QCOMPARE(bench.a->lines(), (Lines{"1", "3"}));
        QCOMPARE(bench.b->lines(), (Lines{"1", "3"}));
        QCOMPARE(bench.status("f").received, 3u);
        QCOMPARE(bench.status("f").filtered, 1u);
    }

    void loggersPassRecordsByPythonsRules()
    {
        Bench bench;
        bench.place("root", "Logger", params("level", QStringLiteral("WARNING")));
        bench.place("app", "Logger", {{QStringLiteral("name"), QStringLiteral("app")}, {QStringLiteral("level"), QStringLiteral("DEBUG")}});
        bench.wire("in", "root");
        bench.wire("in", "app"); // one tree, entered once
        bench.wire("root", "a");
        bench.wire("app", "b");
        bench.start();
        bench.receiver->feed({{"app.x", 10, "1"}, {"web", 20, "2"}, {"web", 30, "3"}, {"app", 0, "4"}});
        bench.finish();
        QCOMPARE(bench.a->lines(), (Lines{"1", "3"}));
        QCOMPARE(bench.b->lines(), (Lines{"1"}));
    }

    void whatAMemoryHandlerPassesOnIsOfEarlierBatchesToo()
    {
        Bench bench;
        bench.place("memory", "MemoryHandler", params("capacity", 100));
        bench.place("f", "Filter");
        bench.chain.node("a")->params = params("level", QStringLiteral("ERROR"));
        bench.wire("in", "memory");
        bench.chain.addWire({"memory", "target", "f"});
        bench.wire("f", "a");
        bench.wire("f", "b");
        bench.start();
        bench.receiver->feed({{"x", 20, "1"}});
        QTRY_COMPARE(bench.status("memory").received, 1u);
        QCOMPARE(bench.router->status().total().pending, 1u);
        bench.receiver->feed({{"x", 40, "2"}});
        bench.finish();
        QCOMPARE(bench.b->lines(), (Lines{"1", "2"}));
        QCOMPARE(bench.a->lines(), (Lines{"2"}));
        QCOMPARE(bench.router->status().total().delivered, 2u);
    }

    void recordsBehindAFilterMayEnterTheLoggers()
    {
        Bench bench;
        bench.place("f", "Filter", params("name", QStringLiteral("app")));
        bench.place("root", "Logger", params("level", QStringLiteral("DEBUG")));
        bench.wire("in", "f");
        bench.wire("f", "root");
        bench.wire("root", "a");
        bench.start();
        bench.receiver->feed({{"app", 20, "1"}, {"web", 20, "2"}});
        bench.finish();
        QCOMPARE(bench.a->lines(), (Lines{"1"}));
    }

    void failingHandlerLosesItsOwnRecordsOnlyAndTheLedgerSaysSo()
    {
        Bench bench;
        bench.wire("in", "a");
        bench.wire("in", "b");
        bench.a->failWith("No space left on device.");
        bench.start();
        bench.receiver->feed({{"x", 20, "1"}, {"x", 20, "2"}}, "10.0.0.1");
        bench.finish();
        QCOMPARE(bench.b->lines(), (Lines{"1", "2"}));
        const RouterStatus status = bench.router->status();
        QCOMPARE(status.sources.size(), 1u);
        const SourceStatus &source = status.sources[0];
        QCOMPARE(source.peer, std::string("10.0.0.1"));
        QCOMPARE(source.accepted, 2u);
        QCOMPARE(source.dropped, 2u);
        QCOMPARE(source.delivered, 0u);
        QCOMPARE(source.drops[0].node, std::string("a"));
        QCOMPARE(source.drops[0].reason, std::string("No space left on device."));
        QCOMPARE(source.drops[0].count, 2u);
        QCOMPARE(source.drops[0].sample, std::string("1"));
        QCOMPARE(bench.status("a").reason, std::string("No space left on device."));
    }

    void nodeThatCannotBeMadeFailsAlone()
    {
        Bench bench;
        const Node<HandlerConfig> none = test::nodeOf(std::shared_ptr<Handler>());
        bench.place("broken", none);
        bench.wire("in", "broken");
        bench.wire("in", "b");
        bench.start();
        QCOMPARE(bench.status("broken").state, NodeStatus::State::Failed);
        QCOMPARE(bench.status("broken").reason, std::string("It cannot be made."));
        QCOMPARE(bench.status("b").state, NodeStatus::State::Running);
        bench.receiver->feed({{"x", 20, "1"}});
        bench.finish();
        QCOMPARE(bench.b->lines(), (Lines{"1"}));
        QCOMPARE(bench.router->status().total().dropped, 1u);
    }

    void receiverThatCannotStartFailsAlone()
    {
        Bench bench;
        const auto second = std::make_shared<HandFedReceiver>();
        const Node<test::NoConfig> secondType = test::nodeOf(second);
        second->refusal = "Port 9020 is in use.";
        bench.place("second", secondType);
        bench.wire("second", "b");
        bench.wire("in", "a");
        bench.start();
        QCOMPARE(bench.status("second").state, NodeStatus::State::Failed);
        QCOMPARE(bench.status("second").reason, std::string("Port 9020 is in use."));
        bench.receiver->feed({{"x", 20, "1"}});
        bench.finish();
        QCOMPARE(bench.a->lines(), (Lines{"1"}));
    }

    void rejectionsAreCountedBySender()
    {
        Bench bench;
        bench.wire("in", "a");
        bench.start();
        bench.receiver->sink().reject("10.0.0.9", "This is no pickle.", "GET / HTTP/1.1");
        bench.finish();
        const RouterStatus status = bench.router->status();
        QCOMPARE(status.sources[0].rejected, 1u);
        QCOMPARE(status.sources[0].accepted, 0u);
        QCOMPARE(status.sources[0].lastRejection, std::string("This is no pickle: GET / HTTP/1.1"));
    }

    void whatWasLostBeforeItArrivedIsCounted()
    {
        Bench bench;
        bench.wire("in", "a");
        bench.start();
        bench.receiver->sink().lost("unknown senders", 4'000'000'000u, "The system dropped datagrams.");
        bench.finish();
        const RouterStatus status = bench.router->status();
        QCOMPARE(status.sources[0].peer, std::string("unknown senders"));
        QCOMPARE(status.sources[0].rejected, 4'000'000'000u);
        QCOMPARE(status.sources[0].lastRejection, std::string("The system dropped datagrams."));
    }

    void stopPassesOnWhatWasAccepted()
    {
        Bench bench;
        bench.wire("in", "a");
        bench.start();
        for (int i = 0; i < 1000; ++i)
            bench.receiver->feed({{"x", 20, std::to_string(i)}});
        bench.router->stop();
        QCOMPARE(bench.a->lines().size(), 1000u);
        QCOMPARE(bench.router->status().total().pending, 0u);
        QCOMPARE(bench.status("a").state, NodeStatus::State::Stopped);
    }

    void slowHandlerHoldsBackTheReceiverAndNothingIsLost()
    {
        struct Slow : RecordingHandler
        {
            Status emit(const LogRecord &record) override
            {
                while (!open)
                    std::this_thread::yield();
                return RecordingHandler::emit(record);
            }
            std::atomic<bool> open{false};
        };
        const auto slow = std::make_shared<Slow>();
        Bench bench;
        const Node<HandlerConfig> slowType = test::nodeOf(slow);
        bench.place("slow", slowType);
        bench.wire("in", "slow");
        bench.start();
        std::atomic<int> fed{0};
        std::thread feeder([&] {
            const std::vector<HandFedReceiver::Line> thousand(1000, {"x", 20, "m"});
            for (int i = 0; i < 100; ++i) {
                bench.receiver->feed(thousand);
                ++fed;
            }
        });
        // The queue takes some and then holds the feeder; the status can be asked all the while.
        QTRY_VERIFY(fed >= 3);
        QVERIFY(bench.router->status().total().pending >= 3000);
        QVERIFY(fed < 100);
        slow->open = true;
        feeder.join();
        bench.finish();
        QCOMPARE(slow->lines().size(), 100000u);
        QCOMPARE(bench.router->status().total().delivered, 100000u);
    }

    void noMoreIsUnderWayThanItSaysAndWhatIsBeyondWaits()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const auto letGo = qScopeGuard([&] { gate->open(); });
        const Node<HandlerConfig> slowType = test::nodeOf(gate);
        Bench bench;
        bench.place("slow", slowType);
        bench.wire("in", "slow");
        const ChainGuarantee guarantee = guaranteeOf(bench.chain);
        QCOMPARE(guarantee.routes.size(), 1u);
        QVERIFY2(guarantee.routes.front().crash.sentence.find(recordsInWords(mostUnderWay)) != std::string::npos, guarantee.routes.front().crash.sentence.c_str());
        bench.start();
        const auto feed = [&](std::size_t records) { return bench.receiver->feed(std::vector<HandFedReceiver::Line>(records, {"x", 20, "m"})); };
        const auto pending = [&] { return bench.router->status().total().pending; };
        QVERIFY(feed(maxBatchRecords));
        QTRY_VERIFY(gate->isReached());
        QVERIFY(feed(RouterIntake::usualRecords - 1));
        QVERIFY(feed(maxBatchRecords));
        QCOMPARE(pending(), mostUnderWay - 1 - maxBatchRecords);
        // It is full. The next batch waits with its receiver, and whatever that one would read behind it with the sender.
        std::atomic<int> taken{0};
        std::thread feeder([&] {
            for (int i = 0; i < 3; ++i)
                taken += feed(maxBatchRecords);
        });
        QTRY_COMPARE(pending(), mostUnderWay - 1);
        QCOMPARE(taken, 0);
        SourceStatus total = bench.router->status().total();
        QCOMPARE(total.accepted, mostUnderWay - 1);
        QCOMPARE(total.dropped, 0u);
        gate->open();
        feeder.join();
        QCOMPARE(taken, 3);
        bench.finish();
        total = bench.router->status().total();
        QCOMPARE(total.delivered, mostUnderWay - 1 + 2 * maxBatchRecords);
        QCOMPARE(total.accepted, total.delivered);
    }

    void whatWaitsForRoomWhenTheRouterIsStoppedIsCounted()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const Node<HandlerConfig> slowType = test::nodeOf(gate);
        Bench bench;
        bench.place("slow", slowType);
        bench.wire("in", "slow");
        bench.start();
        const std::vector<HandFedReceiver::Line> batch(maxBatchRecords, {"x", 20, "m"});
        QVERIFY(bench.receiver->feed(batch));
        QTRY_VERIFY(gate->isReached());
        QVERIFY(bench.receiver->feed(batch));
        std::atomic<int> refused{0};
        std::thread feeder([&] { refused += bench.receiver->feed(batch) ? 0 : 1; });
        QTRY_COMPARE(bench.router->status().total().pending, std::uint64_t(3 * maxBatchRecords));
        std::thread stopper([&] { bench.router->stop(); });
        QTRY_COMPARE(refused, 1);
        feeder.join();
        gate->open();
        stopper.join();
        const SourceStatus total = bench.router->status().total();
        QCOMPARE(total.accepted, std::uint64_t(3 * maxBatchRecords));
        QCOMPARE(total.delivered, std::uint64_t(2 * maxBatchRecords));
        QCOMPARE(total.dropped, std::uint64_t(maxBatchRecords));
        QCOMPARE(total.pending, 0u);
        QCOMPARE(bench.router->status().sources.at(0).drops.at(0).reason, std::string("The router has been stopped."));
    }

    void statusMayBeAskedFromAnotherThreadAtAnyTime()
    {
        Bench bench;
        bench.wire("in", "a");
        bench.router = std::make_unique<Router>(bench.chain, RouterOptions{"/"});
        std::atomic<bool> done{false};
        std::thread asker([&] {
            while (!done) {
                const SourceStatus total = bench.router->status().total();
                if (total.accepted != total.delivered + total.pending + total.dropped)
                    qFatal("the ledger does not add up");
            }
        });
        bench.router->start();
        for (int i = 0; i < 500; ++i)
            bench.receiver->feed({{"x", 20, "m"}});
        bench.finish();
        done = true;
        asker.join();
    }
};

QTEST_GUILESS_MAIN(RouterTest)
#include "RouterTest.moc"
