/// HandlersBench CLASS FILE RECORDS BATCH: writes records through a handler, `BATCH` of them with each call
/// of handle(), and prints the records per second until all are in the file. BATCH 0: each record is made
/// just before it is handled alone, as a program that logs does. tests/bench/handlers runs it beside its
/// peers. CLASS: file, rotating, timed, watched, memory (to a file), queue (to a file).
#include "SampleRecords.h"

#include "format/Formatter.h"
#include "handler/FileHandler.h"
#include "handler/MemoryHandler.h"
#include "handler/QueueHandler.h"
#include "handler/QueueListener.h"
#include "handler/RotatingFileHandler.h"
#include "handler/TimedRotatingFileHandler.h"
#include "handler/WatchedFileHandler.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace sluice;

namespace {

std::shared_ptr<FileHandler> fileHandler(const std::string &kind, const char *path)
{
    FileHandler::Options options;
    options.filename = path;
    if (kind == "rotating")
        return std::make_shared<RotatingFileHandler>(options, 20'000'000, 3);
    if (kind == "timed")
        return std::make_shared<TimedRotatingFileHandler>(options, *RolloverSchedule::create({}), 3);
    if (kind == "watched")
        return std::make_shared<WatchedFileHandler>(options);
    return std::make_shared<FileHandler>(options);
}

void makeAndHandle(Handler &handler, std::size_t count)
{
    LogRecordBatch batch;
    for (std::size_t i = 0; i < count; ++i) {
        batch.clear();
        LogRecord &record = batch.add();
        bench::SampleRecords::fill(record, batch.arena(), static_cast<int>(i % bench::SampleRecords::count),
                                   wallClock());
        handler.handle(record);
    }
}

/// In rounds over the same records, up to `count`.
void handleAll(Handler &handler, const std::vector<const LogRecord *> &records, std::size_t count,
               std::size_t step)
{
    if (step == 0)
        return makeAndHandle(handler, count);
    for (std::size_t done = 0; done < count;) {
        const std::size_t at = done % records.size();
        const std::size_t length = std::min({step, records.size() - at, count - done});
        if (length == 1)
            handler.handle(*records[at]);
        else
            handler.handle(RecordSpan(records).subspan(at, length));
        done += length;
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 5) {
        std::fprintf(stderr, "usage: HandlersBench CLASS FILE RECORDS BATCH\n");
        return 2;
    }
    const std::string kind = argv[1];
    const auto count = static_cast<std::size_t>(std::atoll(argv[3]));
    const auto step = static_cast<std::size_t>(std::atoll(argv[4]));
    const bench::SampleRecords records;

    Formatter::Options format;
    format.format = "%(asctime)s %(levelname)s %(name)s %(message)s";
    const auto file = fileHandler(kind, argv[2]);
    file->setFormatter(*Formatter::create(format));
    if (const Status status = file->open(); !status) {
        std::fprintf(stderr, "%s\n", status.error().text.c_str());
        return 1;
    }
    const auto start = std::chrono::steady_clock::now();
    if (kind == "memory") {
        MemoryHandler memory(256, level::Error, file);
        handleAll(memory, records.pointers(), count, step);
        memory.close();
    } else if (kind == "queue") {
        const auto queue = std::make_shared<RecordQueue>(RecordQueue::Limits{});
        QueueListener listener(queue, {file});
        if (!listener.start())
            return 1;
        QueueHandler handler(queue);
        handleAll(handler, records.pointers(), count, step);
        listener.stop();
    } else {
        handleAll(*file, records.pointers(), count, step);
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (file->counters().failed > 0)
        return 1;
    std::printf("%.0f\n", static_cast<double>(count) / taken.count());
    return 0;
}
