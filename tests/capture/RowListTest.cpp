#include "capture/RowList.h"
#include "support/Patience.h"

#include <algorithm>
#include <random>
#include <thread>

using namespace sluice;

class RowListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRangeTakesItsFrontAway()
    {
        RowList rows = RowList::range(10);
        rows.extendTo(20);
        QCOMPARE(rows.size(), std::size_t(10));
        QCOMPARE(rows.countBelow(15), std::size_t(5));
        rows.removeBelow(17);
        QCOMPARE(rows.at(0), std::uint64_t(17));
        QCOMPARE(rows.firstPlace(), std::uint64_t(17));
        rows.removeBelow(30);
        QCOMPARE(rows.size(), std::size_t(0));
    }

    void aListIsWhatAVectorWouldBe()
    {
        std::mt19937 random(7);
        RowList rows = RowList::list();
        std::vector<std::uint64_t> expected;
        std::uint64_t next = 0;
        std::size_t removed = 0;
        for (int step = 0; step < 200; ++step) {
            std::vector<std::uint64_t> more;
            for (std::size_t i = random() % 3000; i > 0; --i)
                more.push_back(next += 1 + random() % 5);
            rows.append(more);
            expected.insert(expected.end(), more.begin(), more.end());
            if (step % 3 == 2) {
                const std::uint64_t below = expected.empty() ? 0 : expected[random() % expected.size()];
                const auto gone = std::ranges::lower_bound(expected, below) - expected.begin();
                expected.erase(expected.begin(), expected.begin() + gone);
                removed += static_cast<std::size_t>(gone);
                rows.removeBelow(below);
            }
            QCOMPARE(rows.size(), expected.size());
            QCOMPARE(rows.firstPlace(), std::uint64_t(removed));
            for (std::size_t i = 0; i < expected.size(); i += 1 + expected.size() / 97)
                QCOMPARE(rows.at(i), expected[i]);
            const std::uint64_t asked = random() % (next + 2);
            QCOMPARE(rows.countBelow(asked),
                     static_cast<std::size_t>(std::ranges::lower_bound(expected, asked) - expected.begin()));
        }
    }

    void aCopyIsReadElsewhereWhileTheOriginalGrows()
    {
        RowList rows = RowList::list();
        rows.append({1, 2, 3});
        const RowList copy = rows;
        std::uint64_t sum = 0;
        std::thread reader([&] {
            for (int i = 0; i < 1000; ++i)
                sum += copy.at(0) + copy.at(2);
        });
        for (std::uint64_t i = 4; i < 40'000; ++i)
            rows.append({i});
        reader.join();
        QCOMPARE(sum, std::uint64_t(4000));
        QCOMPARE(copy.size(), std::size_t(3));
        QCOMPARE(rows.at(39'998), std::uint64_t(39'999));
    }
};

QTEST_GUILESS_MAIN(RowListTest)
#include "RowListTest.moc"
