#include "capture/TimeGrid.h"
#include "capture/LevelStrip.h"
#include "support/Patience.h"

#include <algorithm>
#include <random>

using namespace sluice;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;

std::uint32_t of(const TimeHistogram::Counts &counts, Severity severity)
{
    return counts[static_cast<std::size_t>(severity)];
}

} // namespace

class TimeGridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEachRecordOnceInWhateverOrderTheyCome()
    {
        std::mt19937_64 random(3);
        std::vector<Nanoseconds> times;
        TimeGrid grid;
        for (int i = 0; i < 20'000; ++i) {
            // The span grows both ways, over twelve orders of magnitude.
            const auto reach = static_cast<Nanoseconds>(std::uint64_t{1} << (10 + i / 450));
            times.push_back(1'700'000'000 * second - reach / 2 +
                            static_cast<Nanoseconds>(random() % static_cast<std::uint64_t>(reach)));
            grid.add(times.back(), i % 10 ? Severity::Info : Severity::Error);
        }
        const TimeHistogram histogram = grid.histogram();
        QVERIFY(histogram.buckets.size() <= std::size_t(TimeGrid::maxBuckets));
        QVERIFY(histogram.buckets.size() > std::size_t(TimeGrid::maxBuckets / 4));
        QCOMPARE(histogram.total(), std::uint64_t(20'000));
        const TimeSpan span = histogram.span();
        QVERIFY(std::ranges::all_of(times, [&](Nanoseconds time) { return span.contains(time); }));
        for (std::size_t i = 0; i < histogram.buckets.size(); i += 37) {
            const TimeSpan bucket{histogram.begin + Nanoseconds(i) * histogram.width,
                                  histogram.begin + Nanoseconds(i + 1) * histogram.width};
            std::uint32_t expected = 0;
            for (std::size_t t = 0; t < times.size(); ++t)
                expected += t % 10 == 0 && bucket.contains(times[t]);
            QCOMPARE(of(histogram.counts(bucket), Severity::Error), expected);
        }
    }

    void neighbouringSpansCountEachBucketOnce()
    {
        TimeGrid grid;
        for (int i = 0; i < 1000; ++i)
            grid.add(i * second, Severity::Info);
        const TimeHistogram histogram = grid.histogram();
        std::uint64_t sum = 0;
        for (Nanoseconds at = 0; at < 1100 * second; at += 777'777'777)
            sum += of(histogram.counts({at, at + 777'777'777}), Severity::Info);
        QCOMPARE(sum, std::uint64_t(1000));
    }

    void whatWasAddedIsTakenAwayAgain()
    {
        TimeGrid grid;
        std::vector<TimeGrid::Share> shares(20);
        for (int page = 0; page < 20; ++page) {
            for (int i = 0; i < 500; ++i)
                grid.add((page * 1000 + i % 37) * second, i % 2 ? Severity::Debug : Severity::Critical);
            grid.takeShare(shares[std::size_t(page)]);
            // As the page that is being written does: in portions, coarser each time.
            grid.add((page * 1000 + 40) * second, Severity::Warning);
            grid.takeShare(shares[std::size_t(page)]);
        }
        for (int page = 0; page < 19; ++page)
            grid.remove(shares[std::size_t(page)]);
        QVERIFY(grid.isTooCoarse());
        const TimeHistogram rest = grid.histogram();
        QCOMPARE(rest.total(), std::uint64_t(501));
        QVERIFY(rest.begin <= 19'000 * second && rest.begin > 18'900 * second);
        grid.remove(shares[19]);
        QVERIFY(grid.histogram().isEmpty());
    }

    void aPartIsToldInFinerStepsAndNothingElseIsCounted()
    {
        const TimeSpan span{100 * second, 101 * second};
        TimeGrid grid(span, 100);
        for (int i = 0; i < 2000; ++i)
            grid.add(99 * second + Nanoseconds(i) * 1'500'000, Severity::Info);
        const TimeHistogram part = grid.histogram();
        QVERIFY(part.buckets.size() <= 101);
        QCOMPARE(part.width, Nanoseconds(10'000'000));
        QCOMPARE(part.total(), std::uint64_t(667));
    }

    void theFarthestTimesFitIn()
    {
        TimeGrid grid;
        const Nanoseconds far = toNanoseconds(9.19e9);
        grid.add(-far, Severity::Info);
        grid.add(far, Severity::Info);
        grid.add(0, Severity::Error);
        const TimeHistogram histogram = grid.histogram();
        QCOMPARE(histogram.total(), std::uint64_t(3));
        QVERIFY(histogram.span().contains(-far));
        QVERIFY(histogram.span().contains(far));
        QCOMPARE(of(histogram.counts(histogram.span()), Severity::Info), 2u);
        TimeGrid fine(histogram.span(), 1000);
        fine.add(0, Severity::Error);
        QCOMPARE(fine.histogram().total(), std::uint64_t(1));
    }

    void theStripTellsTheWorstOfEachStretchHoweverLongTheList()
    {
        std::mt19937 random(11);
        LevelStrip strip;
        std::vector<Severity> all;
        for (std::uint64_t place = 0; place < 100'000; ++place) {
            const auto dice = random() % 3000;
            all.push_back(dice == 0 ? Severity::Critical : dice < 4 ? Severity::Warning : Severity::Info);
            strip.add(1'000'000 + place, all.back());
        }
        int marked = 0;
        for (std::size_t from = 0; from < all.size(); from += 1000) {
            const Severity worst = *std::max_element(all.begin() + std::ptrdiff_t(from),
                                                     all.begin() + std::ptrdiff_t(from) + 1000);
            const Severity told = strip.worst(1'000'000 + from, 1'001'000 + from);
            QVERIFY(told >= (worst < Severity::Warning ? Severity::Debug : worst));
            marked += told > worst; // by a neighbour in the same stretch
        }
        QVERIFY(marked < 10);
        strip.removeBelow(1'090'000);
        QCOMPARE(strip.worst(1'000'000, 1'089'000), Severity::Debug);
        strip.removeBelow(2'000'000);
        QCOMPARE(strip.worst(0, 3'000'000), Severity::Debug);
        strip.add(2'000'000, Severity::Error);
        QCOMPARE(strip.worst(2'000'000, 2'000'001), Severity::Error);
    }
};

QTEST_GUILESS_MAIN(TimeGridTest)
#include "TimeGridTest.moc"
