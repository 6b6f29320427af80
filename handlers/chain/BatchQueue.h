#pragma once

#include "record/LogRecordBatch.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace sluice {

class RecordSink;

/// A batch and the receiver's end that took it.
struct QueuedBatch
{
    std::shared_ptr<LogRecordBatch> batch;
    RecordSink *input = nullptr;
    bool isTest = false; ///< its tracker is a TestRun
};

/// The way from the receivers' threads to the router's. Bounded: a full queue makes receivers wait, and so,
/// at last, the senders.
class BatchQueue
{
public:
    explicit BatchQueue(std::size_t maxRecords) : m_maxRecords(maxRecords) {}

    /// Waits while it is full; false, without taking the batch, once it is closed.
    bool push(QueuedBatch queued)
    {
        std::unique_lock lock(m_mutex);
        // A batch larger than the queue still fits into an empty one.
        m_room.wait(lock, [&] { return m_closed || m_records < m_maxRecords; });
        if (m_closed)
            return false;
        m_records += queued.batch->size();
        m_batches.push_back(std::move(queued));
        lock.unlock();
        m_news.notify_one();
        return true;
    }

    /// Without waiting, whether or not it is full. For few.
    bool pushAtOnce(QueuedBatch queued)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed)
                return false;
            m_records += queued.batch->size();
            m_batches.push_back(std::move(queued));
        }
        m_news.notify_one();
        return true;
    }

    /// Waits while it is empty; nothing once it is closed and empty.
    std::optional<QueuedBatch> pop()
    {
        std::unique_lock lock(m_mutex);
        m_news.wait(lock, [&] { return m_closed || !m_batches.empty(); });
        if (m_batches.empty())
            return std::nullopt;
        QueuedBatch queued = std::move(m_batches.front());
        m_batches.pop_front();
        m_records -= queued.batch->size();
        lock.unlock();
        m_room.notify_all();
        return queued;
    }

    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_news.notify_all();
        m_room.notify_all();
    }

private:
    const std::size_t m_maxRecords;
    std::mutex m_mutex;
    std::condition_variable m_news;
    std::condition_variable m_room;
    std::deque<QueuedBatch> m_batches;
    std::size_t m_records = 0;
    bool m_closed = false;
};

} // namespace sluice
