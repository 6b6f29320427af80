#include "record/LogRecordBatch.h"

#include "record/DeliveryTracker.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

LogRecord blankRecord()
{
    LogRecord record;
    record.set(Attribute::Msg, Value::text(""));
    record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, {}));
    record.set(Attribute::Pathname, Value::text(""));
    record.set(Attribute::Filename, Value::text(""));
    record.set(Attribute::Module, Value::text(""));
    record.set(Attribute::Lineno, Value::integer(0));
    return record;
}

} // namespace

LogRecord &LogRecordBatch::add()
{
    static const LogRecord blank = blankRecord();
    return m_records.emplace_back(blank);
}

LogRecord &LogRecordBatch::addCopy(const LogRecord &record)
{
    LogRecord &copy = m_records.emplace_back(record);
    for (Value &value : copy.attributes)
        value = value.copyTo(m_arena);
    // From here on `record` may be gone, if it is one of ours.
    copy.extra = Value::dict(copy.extra).copyTo(m_arena).entries();
    if (copy.tracker && copy.tracker != m_lastTracker) {
        m_lastTracker = copy.tracker;
        retain(copy.tracker->shared_from_this());
    }
    return copy;
}

void LogRecordBatch::setTracker(std::shared_ptr<DeliveryTracker> tracker)
{
    std::uint32_t index = 0;
    m_lowestLevel = std::numeric_limits<int>::max();
    for (LogRecord &record : m_records) {
        record.tracker = tracker.get();
        record.trackerIndex = index++;
        m_lowestLevel = std::min(m_lowestLevel, record.levelno);
    }
    retain(std::move(tracker));
}

void LogRecordBatch::clear()
{
    m_records.clear();
    m_retained.clear();
    m_lastTracker = nullptr;
    m_lowestLevel = std::numeric_limits<int>::min();
    m_arena.reset();
}

} // namespace sluice
