#include "handler/FrameBacklog.h"

#include "record/DeliveryTracker.h"

#include <iterator>
#include <utility>

namespace sluice {

namespace {

/// What a ledger shows of a lost record is short.
constexpr std::size_t maxSample = 256;

} // namespace

FrameBacklog::~FrameBacklog() { dropAll({}); }

void FrameBacklog::add(std::string_view frame, const LogRecord &record, const Drop &drop)
{
    Kept kept;
    kept.frame = frame;
    kept.name = record.name().substr(0, maxSample);
    kept.message = record.text(Attribute::Msg).substr(0, maxSample);
    kept.levelno = record.levelno;
    if (record.tracker) {
        kept.tracker = record.tracker->shared_from_this();
        kept.trackerIndex = record.trackerIndex;
        record.tracker->hold(record.trackerIndex);
    }
    m_bytes += kept.cost();
    m_kept.push_back(std::move(kept));
    m_size.store(m_kept.size(), std::memory_order_relaxed);
    while (m_bytes > m_maxBytes)
        dropFront(drop);
}

void FrameBacklog::takeToFront(FrameBacklog &other, const Drop &drop)
{
    m_kept.insert(m_kept.begin(), std::make_move_iterator(other.m_kept.begin()), std::make_move_iterator(other.m_kept.end()));
    m_bytes += std::exchange(other.m_bytes, 0);
    other.m_kept.clear();
    other.m_size.store(0, std::memory_order_relaxed);
    m_size.store(m_kept.size(), std::memory_order_relaxed);
    while (m_bytes > m_maxBytes)
        dropFront(drop);
}

void FrameBacklog::copyFront(std::string &out, std::size_t bytes) const
{
    std::size_t copied = 0;
    for (const Kept &kept : m_kept) {
        if (copied > 0 && copied + kept.frame.size() > bytes)
            return;
        out += kept.frame;
        copied += kept.frame.size();
    }
}

std::size_t FrameBacklog::sent(std::size_t bytes)
{
    std::size_t frames = 0;
    for (; !m_kept.empty() && m_kept.front().frame.size() <= bytes; ++frames) {
        bytes -= m_kept.front().frame.size();
        removeFront();
    }
    return frames;
}

void FrameBacklog::dropAll(const Drop &drop)
{
    while (!m_kept.empty())
        dropFront(drop);
}

void FrameBacklog::dropFront(const Drop &drop)
{
    const Kept &kept = m_kept.front();
    LogRecord record;
    record.set(Attribute::Name, Value::text(kept.name));
    record.set(Attribute::Msg, Value::text(kept.message));
    record.set(Attribute::Levelno, Value::integer(kept.levelno));
    record.tracker = kept.tracker.get();
    record.trackerIndex = kept.trackerIndex;
    if (drop)
        drop(record);
    else if (record.tracker)
        record.tracker->dropped(record, {}, "It was never sent.");
    removeFront();
}

void FrameBacklog::removeFront()
{
    const Kept &kept = m_kept.front();
    if (kept.tracker)
        kept.tracker->release(kept.trackerIndex);
    m_bytes -= kept.cost();
    m_kept.pop_front();
    m_size.store(m_kept.size(), std::memory_order_relaxed);
}

} // namespace sluice
