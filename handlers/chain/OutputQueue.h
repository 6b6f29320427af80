#pragma once

#include "chain/Chain.h"
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
    /// What is put waits until start().
    OutputQueue(std::shared_ptr<Handler> handler, RecordQueue::Limits limits);
    /// Stops.
    ~OutputQueue();

    void start();

    /// Returns how many the queue dropped for it.
    std::size_t put(RecordSpan records, WhenFull whenFull);

    void setLimits(RecordQueue::Limits limits) { m_queue->setLimits(limits); }
    /// While they are lifted nobody waits for room, and nothing is dropped for want of it.
    void liftLimits(bool lifted) { m_queue->liftLimits(lifted); }

    /// Before start(), and before anything is put: takes what waits in another queue, whose handler gets no more from now on
    /// than what it has in hand. stop() that one, and take the rest.
    void takeWaiting(OutputQueue &before);
    /// Takes to the front what that handler had in hand, and was not given any more.
    void takeRest(OutputQueue &before);

    /// From here on the handler is given up if it gets nothing out for a while: what is still in the queue is then
    /// dropped, and nobody waits for room any more. As long as it gets records out it goes on to the last.
    void beginStop();
    /// Returns when the queue is empty and its thread has ended. The handler is not closed.
    void stop();

    std::size_t pending() const { return m_queue->pending(); }
    /// Records that may wait.
    std::size_t room() const { return m_queue->limits().records; }
    /// Records that the queue dropped.
    std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }
    /// Why it dropped one the last time; empty if it never did.
    std::string lastReason() const;

    /// So long a handler may fail after beginStop() before it is given up.
    static constexpr std::chrono::seconds patience{5};

private:
    class Listener;
    using Clock = std::chrono::steady_clock;

    void drop(const LogRecord &record, const std::string &reason);
    bool isGivenUp() const;
    void keepRest(RecordSpan records);

    const std::shared_ptr<Handler> m_handler;
    const std::shared_ptr<RecordQueue> m_queue;
    std::unique_ptr<Listener> m_listener;
    std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<bool> m_isStopping{false};
    std::atomic<bool> m_isLeaving{false}; ///< another queue takes over
    std::unique_ptr<RecordQueue> m_rest;  ///< of the listener's thread, until that has ended
    std::atomic<Clock::rep> m_lastSuccess{0}; ///< or when stopping began
    mutable std::mutex m_mutex;
    std::string m_lastReason; ///< guarded by m_mutex
};

/// Of the queue before a node: as large as the largest of the wires to it; 10,000 records where they do not say, and 64 MiB at
/// most, since records may be large.
RecordQueue::Limits outputLimits(const Chain &chain, std::string_view id);

} // namespace sluice
