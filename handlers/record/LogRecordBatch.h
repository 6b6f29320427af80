#pragma once

#include "base/Arena.h"
#include "record/LogRecord.h"

#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace sluice {

/// Records that travel together and share their memory: the arena, and the buffers they were received
/// in. Filled by one thread, then read by any number; pass it on as LogRecordBatchPtr.
class LogRecordBatch
{
public:
    LogRecordBatch() = default;
    LogRecordBatch(const LogRecordBatch &) = delete;
    LogRecordBatch &operator=(const LogRecordBatch &) = delete;

    std::span<const LogRecord> records() const { return m_records; }
    std::span<LogRecord> records() { return m_records; }
    std::size_t size() const { return m_records.size(); }
    bool empty() const { return m_records.empty(); }

    /// A new record with the attributes of Python's makeLogRecord({}) that do not depend on the
    /// process (name and all that is unknown is None). References to earlier records end here.
    LogRecord &add();

    /// A deep copy of a record, which may live in another batch; it keeps its tracker alive.
    LogRecord &addCopy(const LogRecord &record);

    /// The record as it is: its text and members stay where they are, and must live as long as this batch.
    LogRecord &addShallowCopy(const LogRecord &record) { return m_records.emplace_back(record); }

    /// So many records can be added before references to earlier ones end.
    void reserve(std::size_t records) { m_records.reserve(records); }

    /// Takes back the last record added.
    void removeLast() { m_records.pop_back(); }

    Arena &arena() { return m_arena; }
    const Arena &arena() const { return m_arena; }

    /// Keeps alive what the records point into (a receive buffer) or report to (a tracker).
    void retain(std::shared_ptr<const void> owner) { m_retained.push_back(std::move(owner)); }

    /// The tracker of all records; kept alive by the batch.
    void setTracker(std::shared_ptr<DeliveryTracker> tracker);

    /// No record has a level below; known once a tracker is set. It spares the router to look at every record,
    /// which costs it a cache miss each when they come from another core.
    int lowestLevel() const { return m_lowestLevel; }

    /// Empties the batch for the next use; its memory is kept.
    void clear();

private:
    std::vector<LogRecord> m_records;
    Arena m_arena;
    std::vector<std::shared_ptr<const void>> m_retained;
    const DeliveryTracker *m_lastTracker = nullptr;
    int m_lowestLevel = std::numeric_limits<int>::min();
};

using LogRecordBatchPtr = std::shared_ptr<const LogRecordBatch>;

/// Records of one or more batches that are passed on together, in order.
using RecordSpan = std::span<const LogRecord *const>;

} // namespace sluice
