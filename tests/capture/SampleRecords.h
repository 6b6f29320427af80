#pragma once

#include "record/Level.h"
#include "record/LogRecordBatch.h"

#include <string_view>
#include <vector>

namespace sluice::test {

/// Adds a record as Python's SocketHandler sends them: msg is merged, args and exc_info are None.
inline LogRecord &addRecord(LogRecordBatch &batch, std::string_view logger, int levelno,
                            std::string_view message, double created = 1'700'000'000.25)
{
    Arena &arena = batch.arena();
    LogRecord &record = batch.add();
    record.set(Attribute::Name, Value::text(arena.copy(logger)));
    record.set(Attribute::Msg, Value::text(arena.copy(message)));
    record.set(Attribute::Args, Value::none());
    record.set(Attribute::Levelno, Value::integer(levelno));
    record.set(Attribute::Levelname, Value::text(arena.copy(levelName(levelno))));
    record.set(Attribute::Pathname, Value::text("/srv/shop/app/database/connection.py"));
    record.set(Attribute::Filename, Value::text("connection.py"));
    record.set(Attribute::Module, Value::text("connection"));
    record.set(Attribute::Lineno, Value::integer(217));
    record.set(Attribute::FuncName, Value::text("execute"));
    record.set(Attribute::Created, Value::real(created));
    record.set(Attribute::Msecs, Value::real(250));
    record.set(Attribute::RelativeCreated, Value::real(1234.5678));
    record.set(Attribute::Thread, Value::integer(140'245'671'237'440));
    record.set(Attribute::ThreadName, Value::text("ThreadPoolExecutor-0_3"));
    record.set(Attribute::ProcessName, Value::text("MainProcess"));
    record.set(Attribute::Process, Value::integer(48211));
    return record;
}

/// Pointers to all records of a batch, as the router passes them on.
inline std::vector<const LogRecord *> pointers(const LogRecordBatch &batch)
{
    std::vector<const LogRecord *> out;
    for (const LogRecord &record : batch.records())
        out.push_back(&record);
    return out;
}

} // namespace sluice::test
