/// FileBench FILE RECORDS BATCH: writes records to a file through FileHandler, `BATCH` of them with each call
/// of handle() (1: a write for each record), and prints the records per second. tests/bench/file runs it
/// beside CPython.
#include "format/Formatter.h"
#include "handler/FileHandler.h"
#include "record/LogRecordBatch.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace sluice;

namespace {

/// The records of tests/bench/file_peer.py.
void fill(LogRecordBatch &batch, int count)
{
    for (int i = 0; i < count; ++i) {
        LogRecord &record = batch.add();
        const auto args = batch.arena().allocateArray<Value>(2);
        args[0] = Value::text("/static/index.html");
        args[1] = Value::integer(i);
        record.set(Attribute::Name, Value::text("server.request"));
        record.set(Attribute::Msg, Value::text("GET %s took %d ms"));
        record.set(Attribute::Args, Value::sequence(Value::Kind::Tuple, args));
        record.set(Attribute::Levelname, Value::text("INFO"));
        record.set(Attribute::Levelno, Value::integer(20));
        const double created = 1'700'000'000.0 + i * 0.000137;
        record.set(Attribute::Created, Value::real(created));
        record.set(Attribute::Msecs,
                   Value::real(static_cast<int>((created - static_cast<std::int64_t>(created)) * 1000)));
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: FileBench FILE RECORDS BATCH\n");
        return 2;
    }
    const int count = std::atoi(argv[2]);
    const auto step = static_cast<std::size_t>(std::atoi(argv[3]));
    LogRecordBatch batch;
    fill(batch, count);
    std::vector<const LogRecord *> pointers;
    for (const LogRecord &record : batch.records())
        pointers.push_back(&record);

    Formatter::Options format;
    format.format = "%(asctime)s %(levelname)s %(name)s %(message)s";
    FileHandler::Options options;
    options.filename = argv[1];
    options.mode = NativeFile::Mode::Truncate;
    FileHandler handler(std::move(options));
    handler.setFormatter(*Formatter::create(format));
    if (const Status status = handler.open(); !status) {
        std::fprintf(stderr, "%s\n", status.error().text.c_str());
        return 1;
    }
    const auto start = std::chrono::steady_clock::now();
    if (step == 1) {
        for (const LogRecord *record : pointers)
            handler.handle(*record);
    } else {
        for (std::size_t at = 0; at < pointers.size(); at += step)
            handler.handle(RecordSpan(pointers).subspan(at, std::min(step, pointers.size() - at)));
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (handler.counters().failed > 0)
        return 1;
    std::printf("%.0f\n", count / taken.count());
    return 0;
}
