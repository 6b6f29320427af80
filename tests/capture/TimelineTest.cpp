#include "capture/CachedPage.h"
#include "capture/Capture.h"
#include "capture/CaptureTimeline.h"
#include "capture/SampleRecords.h"
#include "support/Patience.h"

#include <atomic>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr double begin = 1'700'000'000;

/// `count` records, `step` seconds apart, every tenth an error.
void append(Capture &capture, int count, double from, double step)
{
    LogRecordBatch batch;
    for (int i = 0; i < count; ++i)
        addRecord(batch, "app", i % 10 ? level::Info : level::Error, "a record", from + i * step);
    capture.append(pointers(batch));
}

RowList allOf(const CaptureSnapshot &snapshot)
{
    RowList rows = RowList::range(snapshot.firstRow());
    rows.extendTo(snapshot.endRow());
    return rows;
}

std::uint64_t total(const TimeHistogram &histogram, Severity severity)
{
    return histogram.isEmpty() ? 0 : histogram.counts(histogram.span())[static_cast<std::size_t>(severity)];
}

/// A page that comes from elsewhere; counts how often it is asked for.
class FarPage final : public CapturePage
{
public:
    FarPage(std::shared_ptr<const CaptureBlock> block, std::shared_ptr<std::atomic<int>> loads)
        : CapturePage(block->firstRow()), m_block(std::move(block)), m_summary(PageSummary::of(*m_block)),
          m_loads(std::move(loads))
    {
    }
    std::uint32_t rowCount() const override { return m_block->rowCount(); }
    const PageSummary *summary() const override { return &m_summary; }
    std::shared_ptr<const CaptureBlock> resident() const override { return nullptr; }
    Result<std::shared_ptr<const CaptureBlock>> load() const override
    {
        ++*m_loads;
        return m_block;
    }

private:
    const std::shared_ptr<const CaptureBlock> m_block;
    const PageSummary m_summary;
    const std::shared_ptr<std::atomic<int>> m_loads;
};

} // namespace

class TimelineTest : public QObject
{
    Q_OBJECT

    std::atomic<int> m_news{0};
    std::unique_ptr<CaptureTimeline> m_timeline;

    bool isComplete(std::uint64_t generation, std::uint64_t records) const
    {
        const auto moment = m_timeline->moment();
        return moment->isComplete && moment->generation == generation && moment->whole.total() == records;
    }

private Q_SLOTS:
    void init()
    {
        m_timeline = std::make_unique<CaptureTimeline>([this] { ++m_news; });
    }
    void cleanup() { m_timeline.reset(); }

    void countsByLevelWhatIsThereAndWhatComes()
    {
        Capture capture;
        append(capture, 1000, begin, 0.5);
        m_timeline->show(capture.snapshot(), allOf(capture.snapshot()), 1);
        QTRY_VERIFY(isComplete(1, 1000));
        QCOMPARE(total(m_timeline->moment()->whole, Severity::Error), std::uint64_t(100));
        append(capture, 500, begin + 500, 100);
        m_timeline->show(capture.snapshot(), allOf(capture.snapshot()), 1);
        QTRY_VERIFY(isComplete(1, 1500));
        QCOMPARE(total(m_timeline->moment()->whole, Severity::Error), std::uint64_t(150));
        const TimeSpan old{toNanoseconds(begin), toNanoseconds(begin + 500)};
        const auto counts = m_timeline->moment()->whole.counts(old);
        QVERIFY(qAbs(int(counts[std::size_t(Severity::Info)]) - 900) <= 100);
        QVERIFY(m_news >= 2);
    }

    void whatTheCaptureLetsGoIsTakenAway()
    {
        Capture::Options options;
        options.blockBytes = 64 * 1024;
        options.budget = 4 * options.blockBytes;
        Capture capture(options);
        for (int i = 0; i < 40; ++i) {
            append(capture, 500, begin + i * 500, 1);
            m_timeline->show(capture.snapshot(), allOf(capture.snapshot()), 1);
            if (i % 8 == 7)
                QTRY_VERIFY(isComplete(1, capture.snapshot().size()));
        }
        QVERIFY(capture.snapshot().firstRow() > 10'000);
        std::uint64_t errors = 0;
        const CaptureSnapshot now = capture.snapshot();
        for (std::uint64_t row = now.firstRow(); row < now.endRow(); ++row)
            errors += now.columns(row).levelno == level::Error;
        QCOMPARE(total(m_timeline->moment()->whole, Severity::Error), errors);
        QVERIFY(m_timeline->moment()->whole.begin > toNanoseconds(begin + 10'000 - 100));
        capture.clear();
        m_timeline->show(capture.snapshot(), allOf(capture.snapshot()), 1);
        QTRY_VERIFY(m_timeline->moment()->whole.isEmpty());
    }

    void whatAFilterFoundIsCountedAlone()
    {
        Capture capture;
        append(capture, 5000, begin, 1);
        RowList errors = RowList::list();
        for (std::uint64_t row = 0; row < 3000; row += 10)
            errors.append({row});
        m_timeline->show(capture.snapshot(), errors, 2);
        QTRY_VERIFY(isComplete(2, 300));
        QCOMPARE(total(m_timeline->moment()->whole, Severity::Error), std::uint64_t(300));
        for (std::uint64_t row = 3000; row < 5000; row += 10)
            errors.append({row});
        m_timeline->show(capture.snapshot(), errors, 2);
        QTRY_VERIFY(isComplete(2, 500));
        // Another filter begins anew, even with fewer rows.
        RowList few = RowList::list();
        few.append({1, 2, 3});
        m_timeline->show(capture.snapshot(), few, 3);
        QTRY_VERIFY(isComplete(3, 3));
    }

    void aPartIsToldInFinerStepsAndKeptUpToDate()
    {
        Capture capture;
        append(capture, 100'000, begin, 1);
        const TimeSpan span{toNanoseconds(begin + 50'000), toNanoseconds(begin + 50'010)};
        m_timeline->show(capture.snapshot(), allOf(capture.snapshot()), 1);
        QTRY_VERIFY(isComplete(1, 100'000));
        QVERIFY(m_timeline->moment()->whole.width > 10 * nanosecondsPerSecond);
        m_timeline->setPart(span, 1000);
        QTRY_COMPARE(m_timeline->moment()->partSpan, std::optional(span));
        QCOMPARE(m_timeline->moment()->part.total(), std::uint64_t(10));
        QCOMPARE(m_timeline->moment()->part.width, Nanoseconds(10'000'000));
        append(capture, 4, begin + 50'002.5, 0.25);
        m_timeline->show(capture.snapshot(), allOf(capture.snapshot()), 1);
        QTRY_COMPARE(m_timeline->moment()->part.total(), std::uint64_t(14));
        m_timeline->setPart(std::nullopt, 1);
        QTRY_VERIFY(!m_timeline->moment()->partSpan);
        QCOMPARE(m_timeline->moment()->whole.total(), std::uint64_t(100'004));
    }

    void thePlacesOfErrorsAreToldInTheOrderOfTheList()
    {
        Capture capture;
        append(capture, 1000, begin, 1);
        RowList rows = RowList::list();
        for (std::uint64_t row = 5; row < 1000; row += 5) // every second one is an error
            rows.append({row});
        m_timeline->show(capture.snapshot(), rows, 1);
        QTRY_VERIFY(isComplete(1, 199));
        const LevelStrip &levels = m_timeline->moment()->levels;
        for (std::uint64_t place = 0; place < 199; ++place)
            QCOMPARE(levels.worst(place, place + 1), place % 2 ? Severity::Error : Severity::Debug);
    }

    /// Pages on a disk are not read where what is known of them says as much.
    void pagesThatAreNotInMemoryAreLeftThere()
    {
        const auto loads = std::make_shared<std::atomic<int>>(0);
        Capture source;
        auto list = std::make_shared<CaptureSnapshot::PageList>();
        std::uint64_t errors = 0;
        for (std::uint64_t page = 0; page < 4000; ++page) {
            auto block = std::make_shared<CaptureBlock>(page * 2, 512);
            for (int i = 0; i < 2; ++i) {
                const bool isError = page % 1000 == 999;
                errors += isError;
                block->putRow({toNanoseconds(begin + double(page) * 50 + i), 0, 0,
                               isError ? level::Error : level::Info, LoggerNames::other});
            }
            block->publish();
            list->pages.push_back(std::make_shared<FarPage>(block, loads));
        }
        const CaptureSnapshot snapshot(list, std::make_shared<LoggerNames>(), nullptr);
        m_timeline->show(snapshot, allOf(snapshot), 1);
        QTRY_VERIFY(isComplete(1, 8000));
        QCOMPARE(total(m_timeline->moment()->whole, Severity::Error), errors);
        QVERIFY2(*loads < 400, qPrintable(QString::number(*loads))); // those that lie across a border
        QCOMPARE(m_timeline->moment()->levels.worst(1998, 2000), Severity::Error);
        QCOMPARE(m_timeline->moment()->levels.worst(0, 1990), Severity::Debug);
        *loads = 0;
        m_timeline->setPart(TimeSpan{toNanoseconds(begin), toNanoseconds(begin + 500)}, 100);
        QTRY_COMPARE(m_timeline->moment()->part.total(), std::uint64_t(20));
        QCOMPARE(loads->load(), 10);
    }

    void endsAtOnceWhateverItDoes()
    {
        auto capture = std::make_unique<Capture>();
        append(*capture, 100'000, begin, 1);
        m_timeline->show(capture->snapshot(), allOf(capture->snapshot()), 1);
        capture.reset(); // its rows live as long as they are looked at
        m_timeline->show({}, RowList::list(), 2);
        m_timeline.reset();
        QVERIFY(!m_timeline);
    }
};

QTEST_GUILESS_MAIN(TimelineTest)
#include "TimelineTest.moc"
