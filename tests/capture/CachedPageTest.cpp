#include "capture/CachedPage.h"
#include "capture/CaptureSnapshot.h"
#include "capture/PageLoader.h"
#include "capture/RecordCodec.h"
#include "capture/SampleRecords.h"
#include "support/Patience.h"

#include <atomic>
#include <condition_variable>

using namespace sluice;
using namespace sluice::test;

namespace {

std::shared_ptr<const CaptureBlock> blockOfOne(std::uint64_t row)
{
    LogRecordBatch batch;
    const LogRecord &record = addRecord(batch, "app", level::Info, "");
    std::string site;
    std::string text;
    codec::appendSite(record, 0, site);
    codec::appendText(record, "row " + std::to_string(row), text);
    auto block = std::make_shared<CaptureBlock>(row, 1000);
    CaptureBlock::Row columns{5, 0, 0, level::Info, LoggerNames::other};
    columns.site = block->putText(site);
    columns.text = block->putText(text);
    block->putRow(columns);
    block->publish();
    return block;
}

/// A page of one row that has to be fetched; counts how often.
class FetchedPage final : public CachedPage
{
public:
    FetchedPage(std::uint64_t row, std::shared_ptr<PageCache> cache, bool isDamaged = false)
        : CachedPage(row, std::move(cache)), m_isDamaged(isDamaged)
    {
    }
    std::uint32_t rowCount() const override { return 1; }
    const PageSummary *summary() const override { return nullptr; }
    int fetched() const { return m_fetched; }

protected:
    Result<std::shared_ptr<const CaptureBlock>> read() const override
    {
        ++m_fetched;
        if (m_isDamaged)
            return Error{"It is damaged."};
        return blockOfOne(firstRow());
    }

private:
    const bool m_isDamaged;
    mutable std::atomic<int> m_fetched{0};
};

} // namespace

class CachedPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyUsedForLongestGoesFirst()
    {
        const auto cache = std::make_shared<PageCache>(5 * 1000);
        std::vector<std::shared_ptr<FetchedPage>> pages;
        for (std::uint64_t row = 0; row < 5; ++row) {
            pages.push_back(std::make_shared<FetchedPage>(row, cache));
            QVERIFY(pages.back()->load().ok());
        }
        QCOMPARE(cache->bytes(), 5000u);
        auto another = std::make_shared<FetchedPage>(5, cache);
        QVERIFY(another->load().ok()); // everybody has been used once: the first one goes
        QVERIFY(!pages[0]->resident());
        QVERIFY(pages[1]->resident());
        auto sixth = std::make_shared<FetchedPage>(6, cache);
        QVERIFY(sixth->load().ok());
        QVERIFY(pages[1]->resident());
        QVERIFY(!pages[2]->resident());
        QVERIFY(cache->bytes() <= 5000);
        QVERIFY(pages[0]->load().ok());
        QCOMPARE(pages[0]->fetched(), 2);
    }

    void pinnedMemoryMakesOthersGo()
    {
        const auto cache = std::make_shared<PageCache>(10 * 1000);
        std::vector<std::shared_ptr<FetchedPage>> pages;
        for (std::uint64_t row = 0; row < 10; ++row) {
            pages.push_back(std::make_shared<FetchedPage>(row, cache));
            QVERIFY(pages.back()->load().ok());
        }
        cache->pin(4000);
        QCOMPARE(cache->bytes(), 10'000u);
        cache->unpin(4000);
        QCOMPARE(cache->bytes(), 6000u);
        pages.clear();
        QCOMPARE(cache->bytes(), 0u);
    }

    void viewThatMustNotWaitGetsThePageALittleLater()
    {
        const auto cache = std::make_shared<PageCache>(100'000);
        std::mutex mutex;
        int news = 0;
        const auto loader = std::make_shared<PageLoader>([&] {
            const std::lock_guard lock(mutex);
            ++news;
        });
        auto list = std::make_shared<CaptureSnapshot::PageList>();
        list->pages = {std::make_shared<FetchedPage>(0, cache), std::make_shared<FetchedPage>(1, cache)};
        const CaptureSnapshot snapshot(list, std::make_shared<LoggerNames>(), loader);
        QVERIFY(!snapshot.tryView(1));
        QTRY_COMPARE(([&] {
                         const std::lock_guard lock(mutex);
                         return news;
                     }()),
                     1);
        QCOMPARE(snapshot.tryView(1)->message, std::string_view("row 1"));
        QVERIFY(!snapshot.tryColumns(0));
        QCOMPARE(snapshot.view(0).message, std::string_view("row 0"));
        LogRecordBatch batch;
        QVERIFY(snapshot.tryRecord(0, batch));
        loader->stop();
        QVERIFY(snapshot.tryView(0));
    }

    void rowsOfADamagedPageSayThatTheyAreLost()
    {
        const auto cache = std::make_shared<PageCache>(100'000);
        const auto damaged = std::make_shared<FetchedPage>(1, cache, true);
        auto list = std::make_shared<CaptureSnapshot::PageList>();
        list->pages = {std::make_shared<FetchedPage>(0, cache), damaged, std::make_shared<FetchedPage>(2, cache)};
        const auto loader = std::make_shared<PageLoader>([] {});
        const CaptureSnapshot snapshot(list, std::make_shared<LoggerNames>(), loader);
        QVERIFY(!snapshot.tryView(1));
        QTRY_VERIFY(snapshot.tryView(1));
        QVERIFY(snapshot.tryView(1)->lost);
        QCOMPARE(snapshot.view(1).message, std::string_view("It is damaged."));
        QCOMPARE(snapshot.view(2).message, std::string_view("row 2"));
        QCOMPARE(snapshot.view(1).lost, true);
        LogRecordBatch batch;
        QCOMPARE(snapshot.record(1, batch).text(Attribute::Msg), std::string_view("It is damaged."));
        QCOMPARE(damaged->fetched(), 1);
    }
};

QTEST_GUILESS_MAIN(CachedPageTest)
#include "CachedPageTest.moc"
