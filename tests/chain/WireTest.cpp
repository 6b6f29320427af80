#include "ShowStrings.h"
#include "chain/GatedHandler.h"
#include "chain/RunningChain.h"
#include "chain/WireTap.h"
#include "support/Patience.h"

#include <QScopeGuard>

#include <mutex>

using namespace sluice;
using test::RunningChain;
using Lines = std::vector<std::string>;

namespace {

/// Keeps the messages that it is shown.
class Looker : public ConsoleSink
{
public:
    void append(RecordSpan records) override
    {
        const std::lock_guard lock(m_mutex);
        for (const LogRecord *record : records)
            m_lines.emplace_back(record->text(Attribute::Msg));
    }
    Lines lines() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lines;
    }

private:
    mutable std::mutex m_mutex;
    Lines m_lines;
};

Wire ends(const char *from, const char *to, const char *port = "out") { return {from, port, to, {}, {}}; }
QJsonObject params(const char *key, const QJsonValue &value) { return {{QLatin1String(key), value}}; }

/// A tap whose clock stands still, so that it has time for everything.
std::shared_ptr<WireTap> tapOf(const std::shared_ptr<Looker> &looker)
{
    return std::make_shared<WireTap>(looker, [] { return Nanoseconds{0}; });
}

} // namespace

/// What is known of the wires of a chain that runs, and who looks at them.
class WireTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatGoesAlongEachWire()
    {
        RunningChain bench;
        bench.place("errors", "Filter", params("name", u"app.db"_qs));
        bench.place("a", "NullHandler");
        bench.place("b", "NullHandler", params("level", u"ERROR"_qs));
        bench.wire("in", "errors");
        bench.wire("errors", "a");
        bench.wire("in", "b");
        bench.start();
        QVERIFY(bench.feed(7, 20, "app.web"));
        QVERIFY(bench.feed(3, 40, "app.db"));
        bench.stop();
        QCOMPARE(bench.wireStatus("in", "errors").passed, 10u);
        QCOMPARE(bench.wireStatus("errors", "a").passed, 3u);
        // What the level of its end holds back has come along all the same.
        QCOMPARE(bench.wireStatus("in", "b").passed, 10u);
        QCOMPARE(bench.wireStatus("in", "b").dropped, 0u);
        QCOMPARE(bench.router->status().wires.size(), std::size_t(3));
    }

    void countsWhatLoggersPassToEachOfTheirHandlers()
    {
        RunningChain bench;
        bench.place("root", "Logger");
        bench.place("db", "Logger", params("name", u"app.db"_qs));
        bench.place("all", "NullHandler");
        bench.place("some", "NullHandler");
        bench.wire("in", "root");
        bench.wire("in", "db");
        bench.wire("root", "all");
        bench.wire("db", "some");
        bench.wire("db", "all");
        bench.start();
        QVERIFY(bench.feed(5, 40, "app.web"));
        QVERIFY(bench.feed(2, 40, "app.db.pool"));
        bench.stop();
        QCOMPARE(bench.wireStatus("in", "root").passed, 7u);
        QCOMPARE(bench.wireStatus("root", "all").passed, 7u);
        QCOMPARE(bench.wireStatus("db", "some").passed, 2u);
        QCOMPARE(bench.wireStatus("db", "all").passed, 2u);
        QCOMPARE(bench.nodeStatus("all").received, 9u);
        QCOMPARE(bench.nodeStatus("db").received, 2u);
    }

    void countsWhatHandlersPassToTheirTargets()
    {
        RunningChain bench;
        bench.place("memory", "MemoryHandler", params("capacity", 4));
        bench.place("kept", "NullHandler");
        bench.place("queue", "QueueHandler");
        bench.place("queued", "NullHandler");
        bench.wire("in", "memory");
        bench.wire("memory", "kept", "target");
        bench.wire("in", "queue");
        bench.wire("queue", "queued", "handlers");
        bench.start();
        QVERIFY(bench.feed(6));
        QTRY_COMPARE(bench.wireStatus("queue", "queued").passed, 6u);
        QCOMPARE(bench.wireStatus("memory", "kept").passed, 4u);
        bench.stop();
        QCOMPARE(bench.wireStatus("memory", "kept").passed, 6u);
        QCOMPARE(bench.wireStatus("queue", "queued").port, std::string("handlers"));
    }

    void saysWhatWaitsAtItsEndAndWhatWasLostThere()
    {
        const auto gate = std::make_shared<test::GatedHandler>();
        const auto slow = test::nodeOf(gate).waitsForOthers();
        RunningChain bench;
        const auto letGo = qScopeGuard([&] { gate->open(); });
        bench.place("slow", slow);
        bench.place("quick", "NullHandler");
        bench.chain.addWire({"in", "out", "slow", 5, WhenFull::DropNewest});
        bench.wire("in", "quick");
        Router &router = bench.start();
        for (int i = 0; i < 20; ++i)
            QVERIFY(bench.feed(1));
        QTRY_COMPARE(bench.wireStatus("in", "quick").passed, 20u);
        const WireStatus wire = bench.wireStatus("in", "slow");
        QCOMPARE(wire.passed, 20u);
        QCOMPARE(wire.room, 5u);
        QVERIFY(wire.waiting >= 5 && wire.waiting <= 20);
        QVERIFY(wire.dropped > 0);
        QCOMPARE(wire.dropped, bench.nodeStatus("slow").dropped);
        QCOMPARE(wire.dropped + wire.waiting, 20u);
        QCOMPARE(bench.wireStatus("in", "quick").room, 0u);
        gate->open();
        bench.stop();
        QCOMPARE(router.status().total().dropped, wire.dropped);
    }

    void whatComesToANodeThatCouldNotBeMadeIsLostAtItsWire()
    {
        RunningChain bench;
        const auto none = test::nodeOf(std::shared_ptr<Handler>());
        bench.place("none", none);
        bench.wire("in", "none");
        bench.start();
        QVERIFY(bench.feed(3));
        bench.stop();
        QCOMPARE(bench.wireStatus("in", "none").passed, 3u);
        QCOMPARE(bench.wireStatus("in", "none").dropped, 3u);
    }

    void showsWhatPassesJustThatWire_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("port");
        QTest::addColumn<int>("shown");
        QTest::newRow("from a receiver") << "in" << "root" << "out" << 6;
        QTest::newRow("behind a filter") << "filter" << "b" << "out" << 3;
        QTest::newRow("from a logger") << "db" << "a" << "out" << 3;
        QTest::newRow("from the root logger") << "root" << "a" << "out" << 6;
        QTest::newRow("to a target") << "memory" << "kept" << "target" << 6;
    }
    void showsWhatPassesJustThatWire()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, port);
        QFETCH(int, shown);
        RunningChain bench;
        bench.place("root", "Logger");
        bench.place("db", "Logger", params("name", u"app.db"_qs));
        bench.place("filter", "Filter", params("name", u"app.db"_qs));
        bench.place("memory", "MemoryHandler", params("capacity", 2));
        bench.place("a", "NullHandler");
        bench.place("b", "NullHandler");
        bench.place("kept", "NullHandler");
        bench.wire("in", "root");
        bench.wire("root", "a");
        bench.wire("db", "a");
        bench.wire("in", "filter");
        bench.wire("filter", "b");
        bench.wire("in", "memory");
        bench.wire("memory", "kept", "target");
        Router &router = bench.start();
        const auto looker = std::make_shared<Looker>();
        const auto tap = tapOf(looker);
        QVERIFY(router.tap({from.toStdString(), port.toStdString(), to.toStdString(), {}, {}}, tap));
        QVERIFY(bench.feed(3, 20, "app.web"));
        QVERIFY(bench.feed(3, 20, "app.db"));
        bench.stop();
        Lines expected;
        for (int i = 6 - shown; i < 6; ++i)
            expected.push_back(std::to_string(i));
        QCOMPARE(looker->lines(), expected);
        QCOMPARE(tap->figures().shown, std::uint64_t(shown));
        QCOMPARE(tap->figures().missed, 0u);
    }

    void thereIsNothingToLookAtWhereThereIsNoWireOrNothingRuns()
    {
        RunningChain bench;
        bench.place("a", "NullHandler");
        bench.wire("in", "a");
        const auto tap = tapOf(std::make_shared<Looker>());
        bench.router = std::make_unique<Router>(bench.chain, RouterOptions{"/"});
        QVERIFY(!bench.router->tap(ends("in", "a"), tap));
        bench.router->start();
        QVERIFY(bench.router->tap(ends("in", "a"), tap));
        QVERIFY(!bench.router->tap(ends("a", "in"), tap));
        QVERIFY(!bench.router->tap(ends("in", "a", "target"), tap));
        bench.stop();
        QVERIFY(!bench.router->tap(ends("in", "a"), tap));
    }

    void whoHasClosedATapIsShownNothingMore()
    {
        RunningChain bench;
        bench.place("a", "NullHandler");
        bench.wire("in", "a");
        Router &router = bench.start();
        auto looker = std::make_shared<Looker>();
        const std::weak_ptr<Looker> there = looker;
        const auto tap = tapOf(looker);
        QVERIFY(router.tap(ends("in", "a"), tap));
        QVERIFY(bench.feed(1));
        QTRY_COMPARE(looker->lines(), Lines{"0"});
        tap->close();
        looker.reset();
        QVERIFY(there.expired()); // at once: it is not the chain that lets it go
        QVERIFY(bench.feed(2));
        bench.stop();
        QCOMPARE(tap->figures().shown, 1u);
        // The chain has let go of it too.
        QCOMPARE(tap.use_count(), 1L);
    }

    void severalLookAtOneWire()
    {
        RunningChain bench;
        bench.place("a", "NullHandler");
        bench.wire("in", "a");
        Router &router = bench.start();
        const auto one = std::make_shared<Looker>();
        const auto other = std::make_shared<Looker>();
        const auto first = tapOf(one);
        QVERIFY(router.tap(ends("in", "a"), first));
        QVERIFY(router.tap(ends("in", "a"), first)); // not twice
        QVERIFY(router.tap(ends("in", "a"), tapOf(other)));
        QVERIFY(bench.feed(2));
        bench.stop();
        QCOMPARE(one->lines(), (Lines{"0", "1"}));
        QCOMPARE(other->lines(), (Lines{"0", "1"}));
    }

    void aTapTakesAFifthOfTheTimeAndCountsWhatItMisses()
    {
        Nanoseconds now = 0;
        struct Slow : ConsoleSink
        {
            void append(RecordSpan records) override
            {
                now += 10'000'000;
                seen += records.size();
            }
            Nanoseconds &now;
            std::size_t seen = 0;
            explicit Slow(Nanoseconds &clock) : now(clock) {}
        };
        const auto sink = std::make_shared<Slow>(now);
        WireTap tap(sink, [&now] { return now; });
        const LogRecord record;
        const LogRecord *const one = &record;
        // The chain brings one every millisecond, for ten seconds of its own.
        for (int i = 0; i < 10'000; ++i) {
            now += 1'000'000;
            tap.show(RecordSpan(&one, 1));
        }
        const WireTap::Figures figures = tap.figures();
        QCOMPARE(figures.shown + figures.missed, 10'000u);
        QCOMPARE(figures.shown, std::uint64_t(sink->seen));
        // A fifth of all the time that went by, and what may be used at once.
        const Nanoseconds used = static_cast<Nanoseconds>(figures.shown) * 10'000'000;
        QVERIFY2(used <= now / WireTap::share + WireTap::burst + 10'000'000, std::to_string(used).c_str());
        QVERIFY(used >= now / WireTap::share - WireTap::burst);
    }

    void goesOnWithoutAGapWhenAChangedChainHasTheWire()
    {
        RunningChain bench;
        bench.place("a", "FileHandler", params("filename", u"a.log"_qs));
        bench.wire("in", "a");
        Router &router = bench.start();
        const auto looker = std::make_shared<Looker>();
        const auto tap = tapOf(looker);
        QVERIFY(router.tap(ends("in", "a"), tap));
        QVERIFY(bench.feed(2));
        bench.chain.node("a")->params = params("filename", u"b.log"_qs);
        QVERIFY(router.apply(bench.chain));
        QVERIFY(bench.feed(2));
        QTRY_COMPARE(looker->lines(), (Lines{"0", "1", "2", "3"}));
        QCOMPARE(bench.wireStatus("in", "a").passed, 4u);

        // Without the wire it sees no more; with it again, after it is asked for.
        Chain without;
        for (const ChainNode &node : bench.chain.nodes())
            without.addNode(node);
        QVERIFY(router.apply(without));
        QVERIFY(bench.feed(1));
        QTRY_COMPARE(router.status().total().delivered, 5u); // what still waits goes through the next one
        QVERIFY(!router.tap(ends("in", "a"), tap));
        QVERIFY(router.apply(bench.chain));
        QVERIFY(router.tap(ends("in", "a"), tap));
        QVERIFY(bench.feed(1));
        bench.stop();
        QCOMPARE(looker->lines(), (Lines{"0", "1", "2", "3", "5"}));
        QCOMPARE(bench.wireStatus("in", "a").passed, 1u);
    }
};

QTEST_GUILESS_MAIN(WireTest)
#include "WireTest.moc"
