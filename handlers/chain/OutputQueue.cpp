#include "chain/OutputQueue.h"

#include "handler/QueueListener.h"
#include "record/DeliveryTracker.h"

#include <algorithm>

namespace sluice {

namespace {

/// A handler that takes longer for what it is given gets less the next time, so that it can be given up between two
/// calls; one that is quicker gets more, up to this.
constexpr std::chrono::milliseconds longCall{20};
constexpr std::size_t maxStep = 1024;

constexpr std::size_t usualRecords = 10'000;
constexpr std::size_t mostBytes = 64 * 1024 * 1024;

} // namespace

class OutputQueue::Listener final : public QueueListener
{
public:
    explicit Listener(OutputQueue &output) : QueueListener(output.m_queue, {output.m_handler}), m_output(output) {}
    ~Listener() override { stop(); }

protected:
    void handle(RecordSpan records) override
    {
        Handler &handler = *m_output.m_handler;
        while (!records.empty()) {
            if (m_output.m_isLeaving) {
                m_output.keepRest(records);
                return;
            }
            if (m_output.isGivenUp()) {
                for (const LogRecord *record : records)
                    m_output.drop(*record, "It was still waiting when the router stopped, and nothing got out any more.");
                return;
            }
            const RecordSpan now = records.first(handler.keepsTogether() ? records.size() : std::min(records.size(), m_step));
            records = records.subspan(now.size());
            const std::uint64_t failed = handler.counters().failed;
            const Clock::time_point start = Clock::now();
            handler.handle(now);
            const Clock::time_point end = Clock::now();
            m_step = end - start > longCall ? std::max<std::size_t>(1, m_step / 4) : std::min(m_step * 2, maxStep);
            if (handler.counters().failed == failed)
                m_output.m_lastSuccess = end.time_since_epoch().count();
        }
    }

private:
    OutputQueue &m_output;
    std::size_t m_step = 1;
};

OutputQueue::OutputQueue(std::shared_ptr<Handler> handler, RecordQueue::Limits limits)
    : m_handler(std::move(handler)), m_queue(std::make_shared<RecordQueue>(limits)), m_listener(std::make_unique<Listener>(*this))
{
}

void OutputQueue::start()
{
    (void)m_listener->start(); // which fails only where it runs already
}

OutputQueue::~OutputQueue()
{
    beginStop();
    stop();
}

void OutputQueue::takeWaiting(OutputQueue &before)
{
    before.m_rest = std::make_unique<RecordQueue>(RecordQueue::Limits{});
    before.m_isLeaving = true;
    m_queue->takeToFront(*before.m_queue);
}

void OutputQueue::takeRest(OutputQueue &before)
{
    if (before.m_rest)
        m_queue->takeToFront(*before.m_rest);
}

void OutputQueue::keepRest(RecordSpan records)
{
    m_rest->put(records, WhenFull::Block, [](const LogRecord &) {});
}

std::size_t OutputQueue::put(RecordSpan records, WhenFull whenFull)
{
    std::size_t dropped = 0;
    m_queue->put(records, whenFull, [&](const LogRecord &record) {
        ++dropped;
        drop(record, "The queue is full: the handler behind it is too slow, or waits for its peer.");
    });
    return dropped;
}

void OutputQueue::drop(const LogRecord &record, const std::string &reason)
{
    m_dropped.fetch_add(1, std::memory_order_relaxed);
    if (record.tracker)
        record.tracker->dropped(record, m_handler->name(), reason);
    const std::lock_guard lock(m_mutex);
    m_lastReason = reason;
}

bool OutputQueue::isGivenUp() const
{
    return m_isStopping && Clock::duration(Clock::now().time_since_epoch().count() - m_lastSuccess) > patience;
}

void OutputQueue::beginStop()
{
    if (m_isStopping)
        return;
    // In this order: the queue's thread must not see that the router stops, and measure from a success of long ago.
    m_lastSuccess = Clock::now().time_since_epoch().count();
    m_isStopping = true;
}

void OutputQueue::stop() { m_listener->stop(); }

std::string OutputQueue::lastReason() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastReason;
}

RecordQueue::Limits outputLimits(const Chain &chain, std::string_view id)
{
    std::size_t records = 0;
    for (const Wire &wire : chain.wires()) {
        if (wire.to == id)
            records = std::max(records, wire.queue.value_or(usualRecords));
    }
    return {records, mostBytes};
}

} // namespace sluice
