#pragma once

#include "capture/BlockPage.h"
#include "capture/RecordStore.h"
#include "handler/ConsoleSink.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace sluice {

/// Where the console keeps its records, and what all views read. When the budget is exceeded, the oldest page
/// of rows goes.
///
/// Threads: append() and clear() may be called from any thread, one batch at a time; all else from any thread,
/// at any time. Readers keep what they read alive by their snapshot.
class Capture : public RecordStore, public ConsoleSink
{
public:
    struct Options
    {
        /// Memory for rows and text, in bytes.
        std::size_t budget = std::size_t{1} << 30;
        /// Size of a block: what goes at once when the budget is exceeded.
        std::size_t blockBytes = std::size_t{1} << 20;
        /// A record that takes more is kept with the beginning of its message only.
        std::size_t maxRecordBytes = std::size_t{16} << 20;
    };

    Capture() : Capture(Options()) {}
    explicit Capture(const Options &options);
    ~Capture() override;

    void append(RecordSpan records) override;

    /// Forgets all rows. Numbers go on.
    void clear();

    CaptureSnapshot snapshot() const override;
    std::uint64_t endRow() const override { return m_endRow.load(std::memory_order_acquire); }
    Figures figures() const override;
    const LoggerNames &loggers() const override { return *m_loggers; }
    const SourceNames &sources() const override { return *m_sources; }

private:
    using PageList = CaptureSnapshot::PageList;

    void appendRecord(const LogRecord &record);
    std::uint32_t sourceOf(const LogRecord &record);
    /// The block that takes so many bytes of text, a new one if need be.
    CaptureBlock &blockFor(std::size_t textBytes);
    void sealBlock();
    void evict(PageList &list);
    /// The rows of a page are gone: they count no more.
    void discount(const PageSummary &summary);
    void publish();

    const Options m_options;
    const std::shared_ptr<LoggerNames> m_loggers = std::make_shared<LoggerNames>();
    const std::shared_ptr<SourceNames> m_sources = std::make_shared<SourceNames>();
    const std::shared_ptr<PageCache> m_cache;

    std::mutex m_writeMutex; ///< held by whoever writes
    std::shared_ptr<CaptureBlock> m_block;
    std::shared_ptr<BlockPage> m_page;                      ///< of m_block
    std::unordered_map<std::string, std::uint32_t> m_sites; ///< of m_block: encoded site, offset
    std::string m_message;
    std::string m_site;
    std::string m_text;
    std::uint64_t m_nextRow = 0;
    const DeliveryTracker *m_lastTracker = nullptr; ///< within one append()
    std::string_view m_lastProcess;
    std::uint32_t m_lastSource = SourceNames::other;

    mutable std::mutex m_listMutex; ///< held while the pointer is copied or replaced
    std::shared_ptr<const PageList> m_list;

    std::atomic<std::uint64_t> m_endRow{0};
    std::atomic<std::uint64_t> m_evicted{0};
    std::atomic<std::uint64_t> m_shortened{0};
    std::atomic<std::uint64_t> m_errors{0};
    std::atomic<std::size_t> m_unused{0}; ///< room of m_block that no row has taken yet
};

} // namespace sluice
