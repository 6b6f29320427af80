#include "capture/TimeOrder.h"
#include "support/Patience.h"

#include <algorithm>
#include <map>
#include <random>

using namespace sluice;
using Entry = TimeOrder::Entry;

namespace {

/// What a TimeOrder should be: a vector, sorted anew each time.
struct Expected
{
    std::map<std::uint64_t, Nanoseconds> times; ///< by place
    std::vector<std::uint64_t> order;

    void sort()
    {
        order.clear();
        for (const auto &[place, time] : times)
            order.push_back(place);
        std::ranges::stable_sort(order, {}, [this](std::uint64_t place) { return times.at(place); });
    }

    TimeOrder::Look look(int *looks = nullptr) const
    {
        return [this, looks](std::span<Entry> entries) {
            for (Entry &entry : entries)
                entry.time = times.at(entry.place);
            if (looks)
                *looks += static_cast<int>(entries.size());
            return true;
        };
    }
};

std::vector<std::uint64_t> all(const TimeOrder &order)
{
    std::vector<std::uint64_t> places;
    for (std::size_t i = 0; i < order.size(); ++i)
        places.push_back(order.at(i));
    return places;
}

} // namespace

class TimeOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatAStableSortWouldMake_data()
    {
        QTest::addColumn<int>("lateness");
        QTest::addColumn<int>("lateOfAHundred");
        QTest::newRow("all in order") << 0 << 0;
        QTest::newRow("some a little late") << 50 << 5;
        QTest::newRow("some very late") << 100'000 << 1;
        QTest::newRow("no order at all") << 100'000 << 100;
    }

    void isWhatAStableSortWouldMake()
    {
        QFETCH(int, lateness);
        QFETCH(int, lateOfAHundred);
        std::mt19937 random(11);
        Expected expected;
        TimeOrder order;
        std::uint64_t place = 1'000;
        for (int step = 0; step < 16; ++step) {
            std::vector<Entry> fresh;
            for (std::size_t i = random() % 1'500; i > 0; --i, ++place) {
                // Every second time is there twice: ties.
                Nanoseconds time = static_cast<Nanoseconds>(place / 2);
                if (static_cast<int>(random() % 100) < lateOfAHundred)
                    time -= static_cast<Nanoseconds>(random() % static_cast<unsigned>(lateness + 1));
                fresh.push_back({time, place, Severity::Info});
                expected.times[place] = time;
            }
            TimeOrder::sort(fresh);
            const TimeOrder before = order;
            QVERIFY(order.insert(fresh, expected.look()));
            expected.sort();
            QCOMPARE(order.size(), expected.order.size());
            QCOMPARE(all(order), expected.order);

            // What came since is told in ranges.
            std::vector<std::uint64_t> told;
            for (const TimeOrder::Range &range : order.insertedSince(before)) {
                for (std::size_t i = 0; i < range.count; ++i)
                    told.push_back(order.at(range.begin + i));
            }
            std::ranges::sort(told);
            std::vector<std::uint64_t> came;
            for (const Entry &entry : fresh)
                came.push_back(entry.place);
            std::ranges::sort(came);
            QCOMPARE(told, came);

            for (int i = 0; i < 20 && !expected.order.empty(); ++i) {
                const std::size_t index = random() % expected.order.size();
                QCOMPARE(order.find(expected.order[index]), std::optional(index));
                const Nanoseconds time = expected.times.at(expected.order[index]);
                const auto bound = std::ranges::lower_bound(
                    expected.order, time, {}, [&](std::uint64_t at) { return expected.times.at(at); });
                QCOMPARE(order.lowerBound(time, expected.look()),
                         std::optional(static_cast<std::size_t>(bound - expected.order.begin())));
            }

            if (step % 4 == 3) {
                // The oldest go, wherever they stand.
                const std::uint64_t first = expected.times.begin()->first + random() % 3'000;
                std::size_t gone = 0;
                for (const TimeOrder::Range &range : order.rangesBelow(first)) {
                    for (std::size_t i = 0; i < range.count; ++i)
                        QVERIFY(order.at(range.begin + i) < first);
                    gone += range.count;
                }
                const std::size_t had = order.size();
                order.removeBelow(first);
                QCOMPARE(order.size(), had - gone);
                expected.times.erase(expected.times.begin(), expected.times.lower_bound(first));
                expected.sort();
                QCOMPARE(all(order), expected.order);
                QVERIFY(!order.find(first - 1));
            }
        }
    }

    void rowsInOrderTakeNextToNothing()
    {
        TimeOrder order;
        std::vector<Entry> entries;
        for (std::uint64_t place = 0; place < 1'000'000; ++place)
            entries.push_back({static_cast<Nanoseconds>(place), place, Severity::Info});
        order.append(entries);
        QCOMPARE(order.size(), entries.size());
        QVERIFY2(order.bytes() < entries.size() / 10, qPrintable(QString::number(order.bytes())));
    }

    void rowsWithoutAnyOrderTakeFourBytes()
    {
        std::mt19937 random(3);
        TimeOrder order;
        std::vector<Entry> entries;
        for (std::uint64_t place = 0; place < 300'000; ++place)
            entries.push_back({static_cast<Nanoseconds>(random()), place, Severity::Info});
        TimeOrder::sort(entries);
        order.append(entries);
        QVERIFY2(order.bytes() < entries.size() * 5, qPrintable(QString::number(order.bytes())));
    }

    void aLateRowIsLookedAtWithItsNeighboursAlone()
    {
        Expected expected;
        TimeOrder order;
        std::vector<Entry> entries;
        for (std::uint64_t place = 0; place < 200'000; ++place) {
            entries.push_back({static_cast<Nanoseconds>(place * 10), place, Severity::Info});
            expected.times[place] = entries.back().time;
        }
        order.append(entries);
        int looks = 0;
        expected.times[200'000] = 1'000'005;
        QVERIFY(order.insert(std::vector<Entry>{{1'000'005, 200'000, Severity::Info}}, expected.look(&looks)));
        QCOMPARE(order.at(100'001), std::uint64_t(200'000));
        QVERIFY2(looks <= static_cast<int>(TimeOrder::maxChunk), qPrintable(QString::number(looks)));
    }

    void whoGivesUpChangesNothing()
    {
        TimeOrder order;
        order.append(std::vector<Entry>{{10, 0, Severity::Info}, {20, 1, Severity::Info}});
        QVERIFY(!order.insert(std::vector<Entry>{{15, 2, Severity::Info}}, [](std::span<Entry>) { return false; }));
        QCOMPARE(all(order), (std::vector<std::uint64_t>{0, 1}));
    }

    void aPartTellsTheWorstOfItsRecords()
    {
        Expected expected;
        TimeOrder order;
        std::vector<Entry> entries;
        for (std::uint64_t place = 0; place < 5'000; ++place)
            entries.push_back({static_cast<Nanoseconds>(place), place,
                               place == 3'000 ? Severity::Error : Severity::Info});
        order.append(entries);
        QCOMPARE(order.partOf(100).worst, Severity::Info);
        QCOMPARE(order.partOf(3'000).worst, Severity::Error);
        QVERIFY(order.partOf(3'000).isRange);
        QCOMPARE(order.partOf(0).end, TimeOrder::maxChunk);
    }

    void aCopyStaysWhatItWas()
    {
        Expected expected;
        TimeOrder order;
        expected.times = {{0, 10}, {1, 20}, {2, 15}};
        order.append(std::vector<Entry>{{10, 0, Severity::Info}, {20, 1, Severity::Info}});
        const TimeOrder copy = order;
        QVERIFY(order.insert(std::vector<Entry>{{15, 2, Severity::Info}}, expected.look()));
        QCOMPARE(all(copy), (std::vector<std::uint64_t>{0, 1}));
        QCOMPARE(all(order), (std::vector<std::uint64_t>{0, 2, 1}));
    }
};

QTEST_GUILESS_MAIN(TimeOrderTest)
#include "TimeOrderTest.moc"
