#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "capture/TimeSorter.h"
#include "support/Patience.h"

#include <algorithm>
#include <atomic>
#include <random>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr double begin = 1'700'000'000;

RowList allOf(const CaptureSnapshot &snapshot)
{
    RowList rows = RowList::range(snapshot.firstRow());
    rows.extendTo(snapshot.endRow());
    return rows;
}

/// Rows as the moment has them.
std::vector<std::uint64_t> rowsOf(const TimeSorter::Moment &moment)
{
    std::vector<std::uint64_t> rows;
    for (std::size_t i = 0; i < moment.order.size(); ++i)
        rows.push_back(moment.rows.at(static_cast<std::size_t>(moment.order.at(i) - moment.rows.firstPlace())));
    return rows;
}

std::vector<std::uint64_t> sorted(const CaptureSnapshot &snapshot, const RowList &rows)
{
    std::vector<std::uint64_t> expected;
    for (std::size_t i = 0; i < rows.size(); ++i)
        expected.push_back(rows.at(i));
    std::ranges::stable_sort(expected, {}, [&](std::uint64_t row) { return snapshot.columns(row).created; });
    return expected;
}

} // namespace

class TimeSorterTest : public QObject
{
    Q_OBJECT

    std::mt19937 m_random{5};
    std::unique_ptr<TimeSorter> m_sorter;

    void append(Capture &capture, int count, double from, int late)
    {
        LogRecordBatch batch;
        for (int i = 0; i < count; ++i) {
            const double behind = static_cast<int>(m_random() % 100) < late ? m_random() % 500 : 0;
            addRecord(batch, "app", m_random() % 50 ? level::Info : level::Error, "a record", from + i - behind);
        }
        capture.append(pointers(batch));
    }

    bool isSorted(std::uint64_t generation, const RowList &rows) const
    {
        const auto moment = m_sorter->moment();
        return moment && moment->generation == generation && moment->order.size() == rows.size() &&
               moment->rows.firstPlace() == rows.firstPlace();
    }

private Q_SLOTS:
    void init() { m_sorter = std::make_unique<TimeSorter>([] {}); }

    void sortsAndKeepsUpWhileRowsComeAndGo_data()
    {
        QTest::addColumn<int>("late");
        QTest::newRow("in order") << 0;
        QTest::newRow("some late") << 3;
        QTest::newRow("all over the place") << 100;
    }

    void sortsAndKeepsUpWhileRowsComeAndGo()
    {
        QFETCH(int, late);
        Capture capture(Capture::Options{.budget = 64 * 1024, .blockBytes = 8 * 1024});
        bool evicted = false;
        for (int step = 0; step < 12; ++step) {
            append(capture, 150, begin + step * 150, late);
            const CaptureSnapshot snapshot = capture.snapshot();
            const RowList rows = allOf(snapshot);
            m_sorter->show(snapshot, rows, 1);
            QTRY_VERIFY(isSorted(1, rows));
            QCOMPARE(m_sorter->progress(), 100);
            QCOMPARE(rowsOf(*m_sorter->moment()), sorted(snapshot, rows));
            evicted = evicted || snapshot.firstRow() > 0;
        }
        QVERIFY(evicted);
    }

    void sortsWhatAFilterHasFound()
    {
        Capture capture;
        append(capture, 20'000, begin, 10);
        const CaptureSnapshot snapshot = capture.snapshot();
        RowList rows = RowList::list();
        std::vector<std::uint64_t> found;
        for (std::uint64_t row = 0; row < snapshot.endRow(); row += 1 + m_random() % 4)
            found.push_back(row);
        rows.append(found);
        m_sorter->show(snapshot, rows, 1);
        QTRY_VERIFY(isSorted(1, rows));
        QCOMPARE(rowsOf(*m_sorter->moment()), sorted(snapshot, rows));
    }

    void anotherFilterBeginsAnew()
    {
        Capture capture;
        append(capture, 50'000, begin, 100);
        const CaptureSnapshot snapshot = capture.snapshot();
        m_sorter->show(snapshot, allOf(snapshot), 1);
        RowList few = RowList::list();
        few.append({7, 5'000, 49'999});
        m_sorter->show(snapshot, few, 2);
        QTRY_VERIFY(isSorted(2, few));
        QCOMPARE(rowsOf(*m_sorter->moment()), sorted(snapshot, few));
    }

    void tellsThatThereIsNews()
    {
        std::atomic<int> news{0};
        m_sorter = std::make_unique<TimeSorter>([&news] { ++news; });
        Capture capture;
        append(capture, 10, begin, 0);
        const CaptureSnapshot snapshot = capture.snapshot();
        m_sorter->show(snapshot, allOf(snapshot), 1);
        QTRY_VERIFY(news > 0);
        QVERIFY(isSorted(1, allOf(snapshot)));
        m_sorter.reset();
    }

    void endsWhileItSorts()
    {
        Capture capture;
        append(capture, 100'000, begin, 100);
        const CaptureSnapshot snapshot = capture.snapshot();
        m_sorter->show(snapshot, allOf(snapshot), 1);
        m_sorter.reset();
        QVERIFY(!m_sorter);
    }
};

QTEST_GUILESS_MAIN(TimeSorterTest)
#include "TimeSorterTest.moc"
