#pragma once

#include "capture/BlockPage.h"
#include "capture/CaptureDamage.h"
#include "capture/CaptureFolder.h"
#include "capture/CaptureWriter.h"
#include "capture/RecordEncoder.h"
#include "capture/RecordStore.h"
#include "handler/ConsoleSink.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

/// Where the console keeps its records, and what all views read: in memory, or, once persist() has been called, in
/// files as well. Without files the oldest page goes when the budget is exceeded; with them the pages used least
/// leave memory, and the oldest files go when they take more than they may.
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
        /// Size of a block: what goes at once when the budget is exceeded. 32 MiB at most.
        std::size_t blockBytes = std::size_t{1} << 20;
        /// A record that takes more is kept with the beginning of its message only. 32 MiB at most.
        std::size_t maxRecordBytes = std::size_t{16} << 20;
    };

    /// Where and how long records are kept in files.
    struct Disk
    {
        std::string directory;
        std::uint64_t maxBytes = std::uint64_t{4} << 30;
        /// Of the oldest file; 0: as old as it likes.
        Nanoseconds maxAge = 0;
        /// Size of a file: what goes at once.
        std::uint64_t segmentBytes = std::uint64_t{64} << 20;
    };

    Capture() : Capture(Options()) {}
    explicit Capture(const Options &options);
    ~Capture() override;

    /// Keeps records in files from now on, and begins with those that are there already: their rows keep their
    /// numbers. Before the first append(); waits for the disk. On an Error the capture goes on in memory, and
    /// figures().fault says so.
    ///
    /// What is complete is written at once, and the rest a few times a second, so that a sudden end of the program
    /// loses less than a second; append() waits while too much is still to be written.
    Status persist(const Disk &disk);

    void append(RecordSpan records) override;

    /// Forgets all rows, those in files too. Numbers go on.
    void clear();

    /// Waits until the files have every row, for so long at most.
    bool waitUntilWritten(std::chrono::milliseconds atMost) const;
    /// Where records are kept: another folder than was asked for where another program has that. Empty before persist().
    std::string folder() const;
    /// Fixed after persist().
    std::shared_ptr<const std::vector<std::uint64_t>> sessionRows() const override;

    CaptureSnapshot snapshot() const override;
    std::uint64_t endRow() const override { return m_endRow.load(std::memory_order_acquire); }
    Figures figures() const override;
    std::shared_ptr<const LoggerNames> sharedLoggers() const override { return m_loggers; }
    std::shared_ptr<const SourceNames> sharedSources() const override { return m_sources; }

private:
    using PageList = CaptureSnapshot::PageList;

    void appendRecord(const LogRecord &record);
    std::uint32_t sourceOf(const LogRecord &record);
    /// The block that takes so many bytes of text, a new one if need be.
    CaptureBlock &blockFor(std::size_t textBytes);
    void sealBlock();
    /// Makes room for what is in memory only.
    void evict(PageList &list);
    /// Lets old files go, with their pages.
    void retire();
    /// The first pages of a list are gone.
    void removePages(PageList &list, std::size_t count);
    /// The rows of a page are gone: they count no more.
    void discount(const PageSummary &summary);
    void setList(std::shared_ptr<const PageList> list);
    void publish();

    const Options m_options;
    const std::shared_ptr<LoggerNames> m_loggers = std::make_shared<LoggerNames>();
    const std::shared_ptr<SourceNames> m_sources = std::make_shared<SourceNames>();
    const std::shared_ptr<PageCache> m_cache;

    const std::shared_ptr<CaptureDamage> m_damage = std::make_shared<CaptureDamage>();

    mutable std::mutex m_writeMutex; ///< held by whoever writes
    std::shared_ptr<CaptureBlock> m_block;
    std::shared_ptr<BlockPage> m_page;                      ///< of m_block
    std::unordered_map<std::string, std::uint32_t> m_sites; ///< of m_block: encoded site, offset
    RecordEncoder m_encoder;
    std::uint64_t m_nextRow = 0;
    const DeliveryTracker *m_lastTracker = nullptr; ///< within one append()
    std::string_view m_lastProcess;
    std::uint32_t m_lastSource = SourceNames::other;

    std::optional<CaptureFolder> m_folder;
    Disk m_disk;
    bool m_sessionBegins = false; ///< the next page is the first one of this session

    mutable std::mutex m_listMutex; ///< held while the pointers are copied or replaced
    std::shared_ptr<const PageList> m_list;
    std::shared_ptr<CaptureWriter> m_writer; ///< null without files
    std::shared_ptr<const std::vector<std::uint64_t>> m_sessions;
    std::string m_notice;                    ///< about the files; a sentence

    std::atomic<std::uint64_t> m_endRow{0};
    std::atomic<std::uint64_t> m_sessionRow{0};
    std::atomic<std::uint64_t> m_evicted{0};
    std::atomic<std::uint64_t> m_shortened{0};
    std::atomic<std::uint64_t> m_errors{0};
    std::atomic<std::size_t> m_unused{0}; ///< room of m_block that no row has taken yet
};

} // namespace sluice
