#include "RecordGenerator.h"

#include "record/Level.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr std::array levels = {level::Debug, level::Info, level::Warning, level::Error, level::Critical};

constexpr std::array<std::string_view, 5> levelNames = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"};

constexpr std::array<std::string_view, 24> words = {
    "request", "served",     "in",     "ms",      "user", "session", "cache", "miss",
    "retry",   "connection", "pool",   "query",   "rows", "timeout", "héllo", "token",
    "expired", "queued",     "worker", "started", "done", "日本",    "bytes", "upstream"};

constexpr std::array<std::string_view, 6> functions = {"handle", "connect", "execute",
                                                       "run",    "refresh", "<module>"};

constexpr std::string_view traceback = "Traceback (most recent call last):\n"
                                       "  File \"/srv/app/db.py\", line 118, in execute\n"
                                       "    cursor.execute(statement, parameters)\n"
                                       "  File \"/srv/app/pool.py\", line 42, in execute\n"
                                       "    raise OperationalError(reason)\n"
                                       "app.pool.OperationalError: the server closed the connection";

} // namespace

RecordGenerator::RecordGenerator(Options options)
    : m_options(std::move(options)), m_random(m_options.seed), m_started(wallClock()),
      m_process(QCoreApplication::applicationPid())
{
    for (const double part : m_options.levels)
        m_levelTotal += part;
}

double RecordGenerator::share() { return static_cast<double>(m_random() >> 11) * 0x1p-53; }

std::size_t RecordGenerator::below(std::size_t count) { return static_cast<std::size_t>(m_random() % count); }

void RecordGenerator::appendMessage()
{
    m_text = "#" + std::to_string(m_number);
    while (m_text.size() < m_options.messageBytes) {
        m_text += ' ';
        m_text += words[below(words.size())];
    }
}

LogRecord &RecordGenerator::next(LogRecordBatch &batch, Nanoseconds created)
{
    ++m_number;
    std::size_t which = 0;
    for (double at = share() * m_levelTotal; which + 1 < levels.size() && at >= m_options.levels[which];
         ++which)
        at -= m_options.levels[which];
    const std::size_t file = below(functions.size());
    appendMessage();

    Arena &arena = batch.arena();
    LogRecord &record = batch.add();
    record.set(Attribute::Name, Value::text(m_options.loggers[below(m_options.loggers.size())]));
    record.set(Attribute::Msg, Value::text(arena.copy(m_text)));
    record.set(Attribute::Levelname, Value::text(levelNames[which]));
    record.set(Attribute::Levelno, Value::integer(levels[which]));
    record.set(Attribute::Pathname, Value::text("/srv/app/db.py"));
    record.set(Attribute::Filename, Value::text("db.py"));
    record.set(Attribute::Module, Value::text("db"));
    record.set(Attribute::Lineno, Value::integer(static_cast<std::int64_t>(10 + below(400))));
    record.set(Attribute::FuncName, Value::text(functions[file]));
    if (levels[which] >= level::Error && share() < m_options.exceptions)
        record.set(Attribute::ExcText, Value::text(traceback));
    const double seconds = toSeconds(created);
    record.set(Attribute::Created, Value::real(seconds));
    record.set(Attribute::Msecs, Value::real(std::trunc((seconds - std::trunc(seconds)) * 1000)));
    record.set(Attribute::RelativeCreated, Value::real(static_cast<double>(created - m_started) * 1e-6));
    record.set(Attribute::Thread, Value::integer(140353769607872));
    record.set(Attribute::ThreadName, Value::text("MainThread"));
    record.set(Attribute::ProcessName, Value::text("MainProcess"));
    record.set(Attribute::Process, Value::integer(m_process));

    const std::span<Field> extra = arena.allocateArray<Field>(m_options.extras);
    for (std::size_t i = 0; i < extra.size(); ++i) {
        extra[i].key = Value::text(arena.copy("field" + std::to_string(i)));
        switch (i % 3) {
        case 0:
            extra[i].value = Value::text(words[below(words.size())]);
            break;
        case 1:
            extra[i].value = Value::integer(static_cast<std::int64_t>(below(100000)));
            break;
        default:
            extra[i].value = Value::real(share());
        }
    }
    record.extra = extra;
    return record;
}

} // namespace sluice
