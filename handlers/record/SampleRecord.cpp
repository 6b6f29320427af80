#include "record/SampleRecord.h"

#include "record/Level.h"

namespace sluice {

LogRecordBatchPtr sampleRecord(std::string_view message, Nanoseconds created) { return makeSampleRecord(message, created); }

std::shared_ptr<LogRecordBatch> makeSampleRecord(std::string_view message, Nanoseconds created)
{
    auto batch = std::make_shared<LogRecordBatch>();
    LogRecord &record = batch->add();
    const double seconds = toSeconds(created);
    record.set(Attribute::Name, Value::text("sluice.test"));
    record.set(Attribute::Msg, Value::text(batch->arena().copy(message)));
    record.set(Attribute::Args, Value::none());
    record.set(Attribute::Levelname, Value::text("INFO"));
    record.set(Attribute::Levelno, Value::integer(level::Info));
    record.set(Attribute::Pathname, Value::text("sluice/test.py"));
    record.set(Attribute::Filename, Value::text("test.py"));
    record.set(Attribute::Module, Value::text("test"));
    record.set(Attribute::Lineno, Value::integer(1));
    record.set(Attribute::FuncName, Value::text("main"));
    record.set(Attribute::Created, Value::real(seconds));
    record.set(Attribute::Msecs, Value::real(static_cast<double>(created / 1'000'000 % 1000)));
    record.set(Attribute::RelativeCreated, Value::real(0));
    record.set(Attribute::Thread, Value::integer(1));
    record.set(Attribute::ThreadName, Value::text("MainThread"));
    record.set(Attribute::ProcessName, Value::text("MainProcess"));
    record.set(Attribute::Process, Value::integer(1));
    return batch;
}

} // namespace sluice
