#pragma once

#include "handler/Handler.h"
#include "handler/RecordQueue.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace sluice {

/// A handler that waits for others, behind a bounded queue and a thread of its own, so that a peer that is slow or dead
/// holds up nobody else. What the queue drops is counted here and told to the records' trackers.
///
/// Public functions may be called from any thread, except beginStop() and stop(), which are for the owner's.
class OutputQueue
{
public:
    OutputQueue(std::shared_ptr<Handler> handler, RecordQueue::Limits limits);
    /// Stops.
    ~OutputQueue();

    void put(RecordSpan records, WhenFull whenFull);

    /// A handler that puts what it is given into the queue, for those who pass records to handlers. It has the level of the
    /// handler behind. Lives no longer than this.
    std::shared_ptr<Handler> front(WhenFull whenFull);

    /// From here on the handler is given up if it gets nothing out for a while: what is still in the queue is then
    /// dropped, and nobody waits for room any more. As long as it gets records out it goes on to the last.
    void beginStop();
    /// Returns when the queue is empty and its thread has ended. The handler is not closed.
    void stop();

    std::size_t pending() const { return m_queue->pending(); }
    /// Records that the queue dropped.
    std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }
    /// Why it dropped one the last time; empty if it never did.
    std::string lastReason() const;

    /// So long a handler may fail after beginStop() before it is given up.
    static constexpr std::chrono::seconds patience{5};

private:
    class Front;
    class Listener;
    using Clock = std::chrono::steady_clock;

    void drop(const LogRecord &record, const std::string &reason);
    bool isGivenUp() const;

    const std::shared_ptr<Handler> m_handler;
    const std::shared_ptr<RecordQueue> m_queue;
    std::unique_ptr<Listener> m_listener;
    std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<bool> m_isStopping{false};
    std::atomic<Clock::rep> m_lastSuccess{0}; ///< or when stopping began
    mutable std::mutex m_mutex;
    std::string m_lastReason; ///< guarded by m_mutex
};

} // namespace sluice
