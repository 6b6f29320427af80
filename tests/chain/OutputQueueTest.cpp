#include "ShowStrings.h"
#include "chain/GatedHandler.h"
#include "chain/NodeRegistry.h"
#include "chain/OutputQueue.h"
#include "chain/Router.h"
#include "chain/TestNodes.h"
#include "support/Patience.h"

using namespace sluice;
using test::HandFedReceiver;

namespace {

using Lines = std::vector<std::string>;

/// in ─▶ slow (waits for others) and in ─▶ quick.
struct Bench
{
    Bench()
    {
        place("in", receiverType);
        place("slow", slowType);
        place("quick", quickType);
        chain.addWire({"in", "out", "slow", {}, {}});
        chain.addWire({"in", "out", "quick", {}, {}});
    }

    /// A test that has failed would wait for the handler for ever.
    ~Bench() { slow->open(); }

    void place(const char *id, const NodeType &type, const QJsonObject &params = {})
    {
        ChainNode node;
        node.id = id;
        node.type = &type;
        node.params = params;
        chain.addNode(node);
    }

    Chain with(std::size_t queue, std::optional<WhenFull> whenFull)
    {
        Chain out;
        for (const ChainNode &node : chain.nodes())
            out.addNode(node);
        for (Wire wire : chain.wires()) {
            if (wire.to == "slow") {
                wire.queue = queue;
                wire.whenFull = whenFull;
            }
            out.addWire(wire);
        }
        return out;
    }

    void start(Chain started)
    {
        router = std::make_unique<Router>(std::move(started), RouterOptions{"/"});
        router->start();
    }

    NodeStatus status(const char *id) const
    {
        for (const NodeStatus &node : router->status().nodes) {
            if (node.id == id)
                return node;
        }
        return {};
    }

    void feed(int from, int to)
    {
        for (int i = from; i < to; ++i)
            QVERIFY(receiver->feed({{"x", 20, std::to_string(i)}}));
    }

    std::shared_ptr<HandFedReceiver> receiver = std::make_shared<HandFedReceiver>();
    std::shared_ptr<test::GatedHandler> slow = std::make_shared<test::GatedHandler>();
    std::shared_ptr<RecordingHandler> quick = std::make_shared<RecordingHandler>();
    Node<test::NoConfig> receiverType = test::nodeOf(receiver);
    Node<HandlerConfig> slowType = test::nodeOf(slow).waitsForOthers();
    Node<HandlerConfig> quickType = test::nodeOf(quick);
    Chain chain;
    std::unique_ptr<Router> router;
};

} // namespace

class OutputQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeadPeerHoldsUpNoSibling()
    {
        Bench bench;
        bench.start(bench.with(10, {}));
        bench.feed(0, 100);
        QTRY_COMPARE(bench.quick->lines().size(), 100u);
        QCOMPARE(bench.router->status().total().delivered, 0u);
        bench.slow->open();
        bench.router->stop();
        const SourceStatus total = bench.router->status().total();
        QCOMPARE(total.accepted, 100u);
        QCOMPARE(total.pending, 0u);
        QCOMPARE(total.delivered + total.dropped, 100u);
        QCOMPARE(total.delivered, bench.slow->lines().size());
        QCOMPARE(bench.slow->lines().front(), std::string("0"));
    }

    void whatAFullQueueDropsIsInTheLedgerWithItsReason()
    {
        Bench bench;
        bench.start(bench.with(3, WhenFull::DropNewest));
        bench.feed(0, 1);
        // The first is with the handler, which waits; three more wait in the queue.
        QTRY_VERIFY(bench.slow->isReached());
        bench.feed(1, 50);
        QTRY_COMPARE(bench.status("slow").dropped, 46u);
        const NodeStatus status = bench.status("slow");
        QCOMPARE(status.pending, 4u);
        const SourceStatus source = bench.router->status().sources.at(0);
        QCOMPARE(source.dropped, status.dropped);
        QCOMPARE(source.drops.at(0).node, std::string("slow"));
        QVERIFY(source.drops.at(0).reason.starts_with("The queue is full"));
        bench.slow->open();
        bench.router->stop();
        QCOMPARE(bench.slow->lines().at(1), std::string("1"));
    }

    void theOldestMakeRoomWhereTheWireSaysSo()
    {
        Bench bench;
        bench.start(bench.with(3, WhenFull::DropOldest));
        bench.feed(0, 50);
        QTRY_COMPARE(bench.quick->lines().size(), 50u);
        bench.slow->open();
        bench.router->stop();
        const Lines lines = bench.slow->lines();
        QVERIFY(lines.size() >= 3);
        QCOMPARE(Lines(lines.end() - 3, lines.end()), (Lines{"47", "48", "49"}));
        QCOMPARE(bench.router->status().total().dropped, 50u - lines.size());
    }

    void blockLosesNothing()
    {
        Bench bench;
        bench.start(bench.with(3, WhenFull::Block));
        bench.feed(0, 5);
        bench.slow->open();
        bench.feed(5, 2000);
        bench.router->stop();
        QCOMPARE(bench.slow->lines().size(), 2000u);
        QCOMPARE(bench.slow->lines().back(), std::string("1999"));
        QCOMPARE(bench.router->status().total().delivered, 2000u);
    }

    void aMemoryHandlersTargetIsBehindTheQueueToo()
    {
        Bench bench;
        bench.place("memory", *NodeRegistry::builtin().find("MemoryHandler"), {{QStringLiteral("capacity"), 2}});
        Chain chain;
        for (const ChainNode &node : bench.chain.nodes())
            chain.addNode(node);
        chain.addWire({"in", "out", "memory", {}, {}});
        chain.addWire({"in", "out", "quick", {}, {}});
        chain.addWire({"memory", "target", "slow", {}, {}});
        bench.start(chain);
        bench.feed(0, 10);
        QTRY_COMPARE(bench.quick->lines().size(), 10u);
        bench.slow->open();
        bench.router->stop();
        QCOMPARE(bench.slow->lines().size(), 10u);
    }

    void aHandlerThatOnlyFailsIsGivenUpWhenTheRouterStops()
    {
        Bench bench;
        bench.slow->open();
        bench.slow->failWith("Connection refused.");
        bench.start(bench.with(1000, {}));
        bench.feed(0, 20);
        bench.router->stop();
        const SourceStatus total = bench.router->status().total();
        QCOMPARE(total.dropped, 20u);
        QCOMPARE(total.pending, 0u);
        QCOMPARE(bench.status("slow").reason, std::string("Connection refused."));
    }

    /// It was given up now and then before it had begun: stopping was seen before the time it began at.
    void aHandlerThatWorksIsNeverGivenUp()
    {
        std::vector<LogRecord> records(8);
        std::vector<const LogRecord *> span;
        for (const LogRecord &record : records)
            span.push_back(&record);
        for (int i = 0; i < 5000; ++i) {
            OutputQueue queue(std::make_shared<RecordingHandler>(), {});
            for (const LogRecord *const &record : span)
                queue.put(RecordSpan(&record, 1), WhenFull::Block);
            queue.beginStop();
            queue.stop();
            QCOMPARE(queue.dropped(), 0u);
        }
    }

    void queueHandlersHandlersWorkOnAThreadOfTheirOwn()
    {
        Bench bench;
        bench.place("queue", *NodeRegistry::builtin().find("QueueHandler"));
        Chain chain;
        for (const ChainNode &node : bench.chain.nodes())
            chain.addNode(node);
        chain.addWire({"in", "out", "queue", {}, {}});
        chain.addWire({"queue", "handlers", "quick", {}, {}});
        chain.addWire({"queue", "handlers", "slow", {}, {}});
        QVERIFY(chain.check().empty());
        bench.start(chain);
        bench.feed(0, 500);
        QTRY_COMPARE(bench.quick->lines().size(), 500u);
        bench.slow->open();
        bench.router->stop();
        QCOMPARE(bench.slow->lines().size(), 500u);
        QCOMPARE(bench.router->status().total().delivered, 500u);
        QCOMPARE(bench.status("queue").pending, 0u);
    }

    void onlyHandlersMayFollowAQueueHandler()
    {
        Bench bench;
        bench.place("queue", *NodeRegistry::builtin().find("QueueHandler"));
        bench.place("filter", *NodeRegistry::builtin().find("Filter"));
        bench.chain.addWire({"queue", "handlers", "filter", {}, {}});
        const Problems problems = bench.chain.check();
        QCOMPARE(problems.size(), 1u);
        QVERIFY(problems[0].text.find("leads to handlers only") != std::string::npos);
    }

    void aQueueBeforeAHandlerThatWaitsForNobodyIsAProblem()
    {
        Bench bench;
        bench.chain.addWire({"in", "out", "quick", 10, {}});
        const Problems problems = bench.chain.check();
        QCOMPARE(problems.size(), 2u); // and the wire is there twice
        QCOMPARE(problems[0].text, std::string("\"quick\" does not wait for others, so there is no queue before it."));
    }
};

QTEST_GUILESS_MAIN(OutputQueueTest)
#include "OutputQueueTest.moc"
