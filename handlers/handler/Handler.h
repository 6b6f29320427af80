#pragma once

#include "base/Result.h"
#include "record/LogRecordBatch.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

class Filter;
class Formatter;

/// Where records leave: the base of every handler, with Python's protocol.
/// https://docs.python.org/3/library/logging.html#handler-objects
///
/// handle() is the one entry. It filters, locks, calls emit() and captures what fails; a subclass writes
/// emit() for one record and, where a whole batch can go out in one call, emitBatch(). The level is
/// *not* checked by handle(): as in Python, that is done by whoever passes records to a handler
/// by the rules of loggers (the logger tree, the router), and not by a MemoryHandler for its target.
///
/// Threads: every public function may be called from any thread. The lock is recursive, so that an
/// override may call public functions of its own handler.
class Handler
{
public:
    /// What has happened here since construction, in records.
    struct Counters
    {
        std::uint64_t received = 0; ///< given to handle()
        std::uint64_t filtered = 0; ///< stopped by this handler's filters
        std::uint64_t failed = 0;   ///< given to handleError()
    };

    using ErrorObserver = std::function<void(const Handler &, const LogRecord *, const Error &)>;

    Handler();
    virtual ~Handler();
    Handler(const Handler &) = delete;
    Handler &operator=(const Handler &) = delete;

    void handle(const LogRecord &record);
    /// The same as handle() for each record in turn, only faster. The pointers are used during the call only.
    void handle(RecordSpan records);

    /// Makes sure that all output has left this process. Failures go to handleError.
    virtual void flush() {}
    /// Flushes and lets go of all resources. A handler may be used again if its documentation says so.
    virtual void close() {}

    /// This handler comes in the place of another in a chain that runs, which is given nothing more: takes what that one
    /// holds for later, where it can. The default leaves it there, to be flushed when that one closes.
    virtual void takeOver(Handler &) {}

    /// Records that it holds for later. Takes no lock: the handler may be waiting for a peer, and who asks may be the
    /// window.
    virtual std::size_t pending() const { return 0; }
    /// Whether the records of one handle() belong together (one mail for them all), so that whoever hands them on
    /// must neither split nor join them.
    virtual bool keepsTogether() const { return false; }

    /// Records below this level are not passed to this handler. Python's setLevel; NOTSET at first.
    void setLevel(int level) { m_level.store(level, std::memory_order_relaxed); }
    int level() const { return m_level.load(std::memory_order_relaxed); }

    /// Not while records are handled by another thread. Null: the default format, "%(message)s".
    void setFormatter(std::shared_ptr<const Formatter> formatter);
    const Formatter &formatter() const { return *m_formatter; }

    void addFilter(std::shared_ptr<const Filter> filter);
    /// Whether all filters pass the record.
    bool filter(const LogRecord &record) const;

    /// Whether this handler's now is each record's `created` (a replay) instead of the wall clock. Before the first record.
    void setRecordClock(bool recordClock) { m_recordClock = recordClock; }

    /// The name that errors and the ledger know this handler by. Python's set_name.
    void setName(std::string name) { m_name = std::move(name); }
    const std::string &name() const { return m_name; }

    /// Called, under this handler's lock, with every failure; `record` is null where a flush or a close
    /// failed. Without an observer failures are written to stderr as Python's raiseExceptions does.
    void setErrorObserver(ErrorObserver observer);

    Counters counters() const;

protected:
    using Lock = std::unique_lock<std::recursive_mutex>;

    /// Outputs one record. Called under the lock.
    virtual Status emit(const LogRecord &record) = 0;

    /// Outputs records in order; a record that fails must not keep back those after it: give it to
    /// handleError() and go on. Called under the lock. The default calls emit() for each.
    virtual void emitBatch(RecordSpan records);

    /// A record was lost here, or (null) a flush or close failed. Counts, tells the record's tracker
    /// and the observer. Override to react (close a broken socket), and call the base.
    virtual void handleError(const LogRecord *record, const Error &error);

    Lock lock() const { return Lock(m_mutex); }

    /// What time it is when `record` is handled.
    Nanoseconds now(const LogRecord &record) const { return m_recordClock ? record.created : wallClock(); }

    bool usesRecordClock() const { return m_recordClock; }

    /// Appends the formatted record, without terminator.
    Status format(const LogRecord &record, std::string &out) const;

private:
    mutable std::recursive_mutex m_mutex;
    std::atomic<int> m_level{0};
    bool m_recordClock = false;
    std::string m_name;
    std::shared_ptr<const Formatter> m_formatter;
    std::vector<std::shared_ptr<const Filter>> m_filters;
    std::vector<const LogRecord *> m_passed;
    ErrorObserver m_errorObserver;
    std::atomic<std::uint64_t> m_received{0};
    std::atomic<std::uint64_t> m_filtered{0};
    std::atomic<std::uint64_t> m_failed{0};
};

} // namespace sluice
