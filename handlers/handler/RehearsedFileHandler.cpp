#include "handler/RehearsedFileHandler.h"

#include "handler/FileHandlerConfig.h"

#include <utility>

namespace sluice {

namespace {

std::int64_t secondsOf(const LogRecord &record) { return record.created / nanosecondsPerSecond; }

/// Periods whose files are counted; more of them than a rehearsal lists.
constexpr std::size_t maxStamps = 1000;

} // namespace

void addLines(RehearsedOutput &output, const LineBuffer &lines)
{
    std::size_t begin = 0;
    for (const LineBuffer::Line &line : lines.lines()) {
        output.add(line.record->created, 1, lines.bytes().substr(begin, line.end - begin));
        begin = line.end;
    }
}

Result<std::shared_ptr<Handler>> rehearsedFile(const FileConfig &config, const NodeContext &context, RehearsedFileHandler::Rollover rollover)
{
    auto options = fileOptions(config, "a", context);
    if (!options)
        return options.error();
    auto handler = std::make_shared<RehearsedFileHandler>(std::move(*options), std::move(rollover), context.rehearsedOutput(context.id));
    handler->setTerminator(config.terminator);
    return std::shared_ptr<Handler>(std::move(handler));
}

RehearsedFileHandler::RehearsedFileHandler(Options options, Rollover rollover, std::shared_ptr<RehearsedOutput> output)
    : BaseRotatingHandler(std::move(options), rollover.maxBytes), m_rollover(std::move(rollover)), m_output(std::move(output))
{
    m_output->setPiece("line", "lines");
    if (m_rollover.schedule || m_rollover.maxBytes > 0)
        m_output->setCaveat("Its file is taken to be empty at the beginning.");
    setStartOfStream(true);
}

NativeFile::Written RehearsedFileHandler::write(std::string_view bytes)
{
    addLines(*m_output, lines());
    m_size += bytes.size();
    forgetSize();
    return {bytes.size(), {}};
}

bool RehearsedFileHandler::shouldRollover(const LogRecord &record)
{
    if (!m_rollover.schedule)
        return false;
    if (!m_rolloverAt)
        m_rolloverAt = m_rollover.schedule->next(secondsOf(record));
    return secondsOf(record) >= *m_rolloverAt;
}

bool RehearsedFileHandler::shouldRollover(const LogRecord &, std::string_view text)
{
    m_bySize = (m_rollover.schedule || m_rollover.backupCount > 0) && reachesMaxBytes(text);
    return m_bySize;
}

void RehearsedFileHandler::doRollover()
{
    const LogRecord &record = *currentRecord();
    const std::string name = fileName(baseFilename());
    std::string backup = name + ".1";
    if (m_rollover.schedule) {
        const std::string stamp = m_rollover.schedule->stamp(*m_rolloverAt, secondsOf(record));
        if (m_stamps.size() >= maxStamps)
            m_stamps.clear();
        const int before = m_stamps[stamp]++;
        backup = name + "." + stamp + (before > 0 ? "." + std::to_string(before) : std::string());
        if (!std::exchange(m_bySize, false))
            m_rolloverAt = m_rollover.schedule->next(secondsOf(record));
    }
    m_output->note(record.created, name + " becomes " + backup);
    m_size = 0;
    forgetSize();
    setStartOfStream(true);
}

} // namespace sluice
