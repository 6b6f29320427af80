#pragma once

#include "capture/CaptureSnapshot.h"
#include "capture/SourceNames.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sluice {

class PageLoader;

/// Rows of records that views read: what the console has received, or a log file. Rows have numbers that count
/// from the first record ever and are never used again. All functions may be called from any thread.
class RecordStore
{
public:
    struct Figures
    {
        std::uint64_t firstRow = 0;
        std::uint64_t endRow = 0;
        std::uint64_t evicted = 0;   ///< rows that went because of the budget or the retention
        std::uint64_t shortened = 0; ///< records of which only the beginning was kept
        std::uint64_t lost = 0;      ///< rows that stood in a damaged place of a file
        std::uint64_t errors = 0;    ///< records of ERROR and above since the last clear()
        std::size_t bytes = 0;       ///< of memory in use
        std::size_t budget = 0;      ///< of memory
        std::uint64_t diskBytes = 0; ///< in use
        /// Where this session began: rows below were there before. 0 if there were none.
        std::uint64_t sessionRow = 0;
        /// What is wrong with the store while it goes on, in a sentence or two; empty if nothing is.
        std::string fault;
        /// What was lost to damaged files, and where, in one sentence; empty if nothing was.
        std::string damage;
    };

    /// Snapshots stay; what they have to load for tryView() is not loaded any more.
    virtual ~RecordStore();
    RecordStore(const RecordStore &) = delete;
    RecordStore &operator=(const RecordStore &) = delete;

    /// What there is now. Takes a lock for as long as a pointer is copied.
    virtual CaptureSnapshot snapshot() const = 0;
    /// Number behind the last row. Wait-free.
    virtual std::uint64_t endRow() const = 0;
    virtual Figures figures() const = 0;
    /// Rows that sessions of the program began with, in their order, this one not among them; null if none are known.
    virtual std::shared_ptr<const std::vector<std::uint64_t>> sessionRows() const { return nullptr; }
    virtual std::shared_ptr<const LoggerNames> sharedLoggers() const = 0;
    virtual std::shared_ptr<const SourceNames> sharedSources() const = 0;
    const LoggerNames &loggers() const { return *sharedLoggers(); }
    const SourceNames &sources() const { return *sharedSources(); }

    /// Who sleeps until there is news: `waker` is called once after armWaker(), by the thread that has the news:
    /// rows, their removal, or a page that CaptureSnapshot::tryView() had to ask for. It must not call back
    /// into the store.
    void setWaker(std::function<void()> waker);
    void armWaker() { m_wakerArmed.store(true, std::memory_order_seq_cst); }
    /// How often there has been news. Who looks at it before reading and after arming misses none.
    std::uint64_t changes() const { return m_changes.load(std::memory_order_seq_cst); }

protected:
    RecordStore();
    const std::shared_ptr<PageLoader> &loader() const { return m_loader; }
    /// Tells that there is news.
    void wake();

private:
    std::mutex m_wakerMutex;
    std::function<void()> m_waker;
    std::atomic<bool> m_wakerArmed{false};
    std::atomic<std::uint64_t> m_changes{0};
    const std::shared_ptr<PageLoader> m_loader;
};

} // namespace sluice
