// A program that uses the library alone: handlers of its own kind, a queue between, a formatter.
#include <format/Formatter.h>
#include <handler/QueueHandler.h>
#include <handler/QueueListener.h>
#include <handler/RotatingFileHandler.h>
#include <record/Level.h>

#include <fstream>
#include <iostream>
#include <iterator>

using namespace sluice;

namespace {

/// Names its backups after its own taste, as the documentation invites to.
class DatedHandler : public RotatingFileHandler
{
public:
    using RotatingFileHandler::RotatingFileHandler;

protected:
    std::string rotationFilename(const std::string &defaultName) const override { return defaultName + ".old"; }
};

std::string contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

int main(int, char **arguments)
{
    const std::string path = std::string(arguments[1]) + "/consumer.log";
    FileHandler::Options options;
    options.filename = path;
    options.encoder = *TextEncoder::create("utf-8", "");
    const auto file = std::make_shared<DatedHandler>(std::move(options), 20, 1);
    Formatter::Options format;
    format.format = "%(levelname)s %(message)s";
    file->setFormatter(*Formatter::create(format));

    const auto queue = std::make_shared<RecordQueue>(RecordQueue::Limits{});
    QueueHandler handler(queue);
    QueueListener listener(queue, {file});
    if (!listener.start())
        return 1;
    LogRecordBatch batch;
    for (const char *message : {"first", "second"}) {
        LogRecord &record = batch.add();
        record.set(Attribute::Levelno, Value::integer(level::Info));
        record.set(Attribute::Levelname, Value::text("INFO"));
        record.set(Attribute::Msg, Value::text(message));
        handler.handle(record);
    }
    listener.stop();
    file->close();
    const bool isRight = contentOf(path) == "INFO second\n" && contentOf(path + ".1.old") == "INFO first\n";
    if (!isRight)
        std::cerr << contentOf(path) << "---\n" << contentOf(path + ".1.old");
    return isRight ? 0 : 1;
}
