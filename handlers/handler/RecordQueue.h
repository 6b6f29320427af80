#pragma once

#include "base/Result.h"
#include "record/LogRecordBatch.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What becomes of records for which a full queue has no room.
enum class WhenFull {
    Block,      ///< the sender waits
    DropOldest, ///< those that wait longest make room
    DropNewest, ///< they are not taken; Python's put_nowait
};

/// As projects name it: block, dropOldest, dropNewest.
std::string nameOf(WhenFull whenFull);
std::optional<WhenFull> whenFullOfName(std::string_view name);

/// Records on their way from one thread to another: Python's queue.Queue for what QueueHandler puts into it.
/// https://docs.python.org/3/library/queue.html
///
/// It keeps copies, in memory that is used again, and knows which records were put together. Records in it are
/// pending for whoever tracks them, from put() until the consumer gives the run back. Thread-safe.
class RecordQueue
{
public:
    /// It is full when it holds so much; the records of one put() may go beyond. 0: no limit.
    struct Limits
    {
        std::size_t records = 0;
        std::size_t bytes = 0;
    };

    /// Records that left the queue together.
    class Run
    {
    public:
        ~Run();
        /// In the order they were put.
        RecordSpan records() const { return m_records; }
        /// The number of records, from the beginning, up to the end of the group in which record `first` is.
        std::size_t groupEnd(std::size_t first) const;

    private:
        friend class RecordQueue;

        LogRecordBatch m_batch;
        std::size_t m_first = 0; ///< records before have been dropped
        std::vector<std::size_t> m_groupEnds;
        std::vector<const LogRecord *> m_records;
        bool m_endsWithSentinel = false;
    };

    /// Told of each record that is dropped; must not use the queue.
    using DropObserver = std::function<void(const LogRecord &)>;

    explicit RecordQueue(Limits limits) : m_limits(limits) {}
    ~RecordQueue();

    /// Copies records to the end, as one group. What is dropped is told to the observer. Once the queue is
    /// closed everything is.
    void put(RecordSpan records, WhenFull whenFull, const DropObserver &dropped);

    /// take() returns null when it comes to it.
    void putSentinel();

    /// What waits, or as much of it as is kept in one piece; waits while there is nothing. Null for a sentinel.
    std::unique_ptr<Run> take();

    /// The records of the run have come to their end here.
    void giveBack(std::unique_ptr<Run> run);

    /// Lets nobody wait for room any longer, and takes nothing more.
    void close();

    /// Records that wait or have been taken and not been given back.
    std::size_t pending() const;
    Limits limits() const;
    void setLimits(Limits limits);
    /// While they are lifted nobody waits for room, and nothing is dropped for want of it.
    void liftLimits(bool lifted);

    /// Takes all that waits in another queue, and puts it before what waits in this one. That other is given no sentinel yet.
    void takeToFront(RecordQueue &other);

private:
    bool isFull() const;
    bool isOverfull() const;
    /// Copies records from the beginning, while there is room where `onlyIntoRoom`; how many.
    std::size_t append(RecordSpan records, bool onlyIntoRoom);
    void dropOldest(const DropObserver &dropped);
    Run &lastRun();
    static std::size_t bytesOf(const Run &run);
    static void release(const LogRecord &record);

    Limits m_limits;
    bool m_isLifted = false;
    mutable std::mutex m_mutex;
    std::condition_variable m_news;
    std::condition_variable m_room;
    std::deque<std::unique_ptr<Run>> m_runs;
    std::vector<std::unique_ptr<Run>> m_free;
    std::size_t m_waiting = 0;
    std::size_t m_taken = 0;
    std::size_t m_bytes = 0; ///< of the runs that wait
    bool m_closed = false;
};

} // namespace sluice
