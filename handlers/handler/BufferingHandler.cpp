#include "handler/BufferingHandler.h"

#include "record/DeliveryTracker.h"

#include <algorithm>
#include <string>
#include <typeinfo>
#include <utility>

namespace sluice {

BufferingHandler::~BufferingHandler()
{
    // Nobody observes a handler that is going; the account of its records must be right all the same.
    for (const LogRecord &record : m_buffer->records()) {
        if (!record.tracker)
            continue;
        record.tracker->dropped(record, name(), "It was still in the buffer when the handler ended.");
        record.tracker->release(record.trackerIndex);
    }
}

Status BufferingHandler::emit(const LogRecord &record)
{
    const LogRecord &kept = m_buffer->addCopy(record);
    m_pending.store(m_buffer->size(), std::memory_order_relaxed);
    if (kept.tracker)
        kept.tracker->hold(kept.trackerIndex);
    if (shouldFlush(kept))
        flush();
    return {};
}

void BufferingHandler::takeOver(Handler &before)
{
    auto *other = dynamic_cast<BufferingHandler *>(&before);
    if (!other || typeid(*other) != typeid(*this))
        return;
    const Lock mine = lock();
    const Lock theirs = other->lock();
    if (!m_buffer->empty())
        return;
    std::swap(m_buffer, other->m_buffer);
    m_pending.store(m_buffer->size(), std::memory_order_relaxed);
    other->m_pending.store(0, std::memory_order_relaxed);
    if (std::ranges::any_of(std::as_const(*m_buffer).records(), [this](const LogRecord &record) { return shouldFlush(record); }))
        flush();
}

bool BufferingHandler::shouldFlush(const LogRecord &) const { return m_buffer->size() >= m_capacity; }

void BufferingHandler::flush()
{
    const Lock guard = lock();
    dropBuffer("A buffering handler without a target forgets its records.");
}

void BufferingHandler::close()
{
    const Lock guard = lock();
    flush();
    dropBuffer("It was still in the buffer when the handler was closed.");
}

void BufferingHandler::releaseBuffer()
{
    for (const LogRecord &record : m_buffer->records()) {
        if (record.tracker)
            record.tracker->release(record.trackerIndex);
    }
    m_buffer->clear();
    m_pending.store(0, std::memory_order_relaxed);
}

void BufferingHandler::dropBuffer(std::string_view reason)
{
    const Error error{std::string(reason)};
    for (const LogRecord &record : m_buffer->records())
        handleError(&record, error);
    releaseBuffer();
}

} // namespace sluice
