#pragma once

#include "capture/CaptureSnapshot.h"
#include "handler/ConsoleSink.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace sluice {

/// Where the console keeps its records, and what all views read. Rows have numbers that count from the first
/// record ever and are never used again. When the budget is exceeded, the oldest block of rows goes.
///
/// Threads: append() and clear() may be called from any thread, one batch at a time; snapshot() and
/// the figures from any thread, at any time. Readers keep what they read alive by their snapshot.
class Capture : public ConsoleSink
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

    struct Figures
    {
        std::uint64_t firstRow = 0;
        std::uint64_t endRow = 0;
        std::uint64_t evicted = 0;   ///< rows that went because of the budget
        std::uint64_t shortened = 0; ///< records of which only the beginning was kept
        std::uint64_t errors = 0;    ///< records of ERROR and above since the last clear()
        std::size_t bytes = 0;       ///< in use
        std::size_t budget = 0;
    };

    Capture() : Capture(Options()) {}
    explicit Capture(const Options &options);
    ~Capture() override;

    void append(RecordSpan records) override;

    /// Forgets all rows. Numbers go on.
    void clear();

    /// What there is now. Takes a lock for as long as a pointer is copied.
    CaptureSnapshot snapshot() const;

    /// Number behind the last row. Wait-free.
    std::uint64_t endRow() const { return m_endRow.load(std::memory_order_acquire); }

    Figures figures() const;
    const LoggerNames &loggers() const { return *m_loggers; }

    /// Who sleeps until there is news: `waker` is called once, by the appending thread, at the next append()
    /// or clear() after armWaker(). It must not call back into the capture. Set it before anything is
    /// appended.
    void setWaker(std::function<void()> waker);
    void armWaker() { m_wakerArmed.store(true, std::memory_order_seq_cst); }

private:
    using BlockList = CaptureSnapshot::BlockList;

    void appendRecord(const LogRecord &record);
    /// The block that takes so many bytes of text, a new one if need be.
    CaptureBlock &blockFor(std::size_t textBytes);
    void evict(BlockList &list, std::size_t incomingBytes);
    void publish();
    void wake();

    const Options m_options;
    const std::shared_ptr<LoggerNames> m_loggers = std::make_shared<LoggerNames>();

    std::mutex m_writeMutex; ///< held by whoever writes
    std::shared_ptr<CaptureBlock> m_block;
    std::unordered_map<std::string, std::uint32_t> m_sites; ///< of m_block: encoded site, offset
    std::string m_message;
    std::string m_site;
    std::string m_text;
    std::uint64_t m_nextRow = 0;
    std::size_t m_allocated = 0;

    mutable std::mutex m_listMutex; ///< held while the pointer is copied or replaced
    std::shared_ptr<const BlockList> m_list;

    std::atomic<std::uint64_t> m_endRow{0};
    std::atomic<std::uint64_t> m_evicted{0};
    std::atomic<std::uint64_t> m_shortened{0};
    std::atomic<std::uint64_t> m_errors{0};
    std::atomic<std::size_t> m_bytes{0};

    std::function<void()> m_waker;
    std::atomic<bool> m_wakerArmed{false};
};

} // namespace sluice
