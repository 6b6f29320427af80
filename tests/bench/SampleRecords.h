#pragma once

#include "record/LogRecordBatch.h"

#include <vector>

namespace sluice::bench {

/// The records of tests/bench/handlers_peer.py: few, used again and again, since a record that is handled has
/// just been made.
class SampleRecords
{
public:
    static constexpr int count = 10'000;

    SampleRecords()
    {
        for (int i = 0; i < count; ++i) {
            const double created = 1'700'000'000.0 + i * 0.000137;
            fill(m_batch.add(), m_batch.arena(), i, toNanoseconds(created));
            // As Python computes it of the float.
            const double whole = static_cast<double>(static_cast<std::int64_t>(created));
            m_batch.records().back().set(Attribute::Msecs,
                                         Value::real(static_cast<int>((created - whole) * 1000)));
        }
        for (const LogRecord &record : m_batch.records())
            m_pointers.push_back(&record);
    }

    const std::vector<const LogRecord *> &pointers() const { return m_pointers; }

    /// All that Python's logger.info('GET %s took %d ms', path, i) puts into a record.
    static void fill(LogRecord &record, Arena &arena, int i, Nanoseconds created)
    {
        const auto args = arena.allocateArray<Value>(2);
        args[0] = Value::text("/static/index.html");
        args[1] = Value::integer(i);
        record.set(Attribute::Name, Value::text("server.request"));
        record.set(Attribute::Msg, Value::text("GET %s took %d ms"));
        record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        record.set(Attribute::Levelname, Value::text("INFO"));
        record.set(Attribute::Levelno, Value::integer(20));
        record.set(Attribute::Pathname, Value::text("/srv/app/server.py"));
        record.set(Attribute::Filename, Value::text("server.py"));
        record.set(Attribute::Module, Value::text("server"));
        record.set(Attribute::Lineno, Value::integer(42));
        record.set(Attribute::FuncName, Value::text("request"));
        record.set(Attribute::Created, Value::real(toSeconds(created)));
        record.set(Attribute::Msecs,
                   Value::real(static_cast<double>(created % nanosecondsPerSecond / 1'000'000)));
        record.set(Attribute::RelativeCreated,
                   Value::real(static_cast<double>(created - 1'700'000'000'000'000'000) / 1e6));
        record.set(Attribute::Thread, Value::integer(140'123'456'789));
        record.set(Attribute::ThreadName, Value::text("MainThread"));
        record.set(Attribute::ProcessName, Value::text("MainProcess"));
        record.set(Attribute::Process, Value::integer(4242));
    }

private:
    LogRecordBatch m_batch;
    std::vector<const LogRecord *> m_pointers;
};

} // namespace sluice::bench
