#include "handler/TimedRotatingFileHandler.h"

#include "handler/RehearsedFileHandler.h"
#include "handler/RotatingConfig.h"
#include "handler/TimedBackups.h"

#include <utility>

namespace sluice {

namespace {

FileHandler::Options appending(FileHandler::Options options)
{
    options.mode = NativeFile::Mode::Append;
    return options;
}

std::int64_t wholeSeconds(Nanoseconds time) { return time / nanosecondsPerSecond; }

} // namespace

TimedRotatingFileHandler::TimedRotatingFileHandler(Options options, RolloverSchedule schedule,
                                                   int backupCount, std::uint64_t maxBytes)
    : BaseRotatingHandler(appending(std::move(options)), maxBytes), m_schedule(std::move(schedule)),
      m_backupCount(backupCount)
{
    const auto modified = files::modified(baseFilename());
    m_startIsNow = !modified.ok();
    m_start = modified.ok() ? modified.value() : wholeSeconds(wallClock());
}

void TimedRotatingFileHandler::emitBatch(RecordSpan records)
{
    m_batchTime = wholeSeconds(wallClock());
    BaseRotatingHandler::emitBatch(records);
}

std::int64_t TimedRotatingFileHandler::currentTime() const
{
    if (!currentRecord())
        return wholeSeconds(wallClock());
    return usesRecordClock() ? wholeSeconds(now(*currentRecord())) : m_batchTime;
}

std::int64_t TimedRotatingFileHandler::rolloverAt()
{
    if (!m_rolloverAt) {
        // In a replay a file that was not there is begun by the first record.
        if (m_startIsNow && usesRecordClock())
            m_start = currentTime();
        m_rolloverAt = computeRollover(m_start);
    }
    return *m_rolloverAt;
}

bool TimedRotatingFileHandler::shouldRollover(const LogRecord &)
{
    const std::int64_t time = currentTime();
    if (time < rolloverAt())
        return false;
    if (!files::exists(baseFilename()) || files::isRegular(baseFilename()))
        return true;
    m_rolloverAt = computeRollover(time);
    return false;
}

bool TimedRotatingFileHandler::shouldRollover(const LogRecord &, std::string_view text)
{
    m_bySize = reachesMaxBytes(text) && files::isRegular(baseFilename());
    return m_bySize;
}

void TimedRotatingFileHandler::doRollover()
{
    const Lock guard = lock();
    const std::int64_t time = currentTime();
    const bool bySize = std::exchange(m_bySize, false);
    const std::string stamp = m_schedule.stamp(rolloverAt(), time);
    beginRollover();
    const TimedBackups backups(
        baseFilename(), m_schedule, [this](const std::string &name) { return rotationFilename(name); },
        hasNamer(), backupEndings());
    Status moved = makeBackup(backups.freeName(stamp));
    Status tidied;
    if (moved && m_backupCount > 0) {
        const auto superfluous = getFilesToDelete();
        if (!superfluous)
            tidied = superfluous.error();
        else
            for (const std::string &path : superfluous.value()) {
                if (Status removed = files::remove(path); !removed)
                    tidied = std::move(removed);
            }
    }
    if (moved && !bySize)
        m_rolloverAt = computeRollover(time);
    endRollover(std::move(moved), std::move(tidied));
}

Result<std::vector<std::string>> TimedRotatingFileHandler::getFilesToDelete() const
{
    const TimedBackups backups(
        baseFilename(), m_schedule, [this](const std::string &name) { return rotationFilename(name); },
        hasNamer(), backupEndings());
    const auto found = backups.find();
    if (!found)
        return found.error();
    std::vector<std::string> paths;
    for (std::size_t i = 0; i + static_cast<std::size_t>(m_backupCount) < found.value().size(); ++i)
        paths.push_back(found.value()[i].path);
    return paths;
}

namespace nodes {

namespace {

struct TimedRotatingFileHandlerConfig : RotatingConfig
{
    std::string when = "h";
    std::int64_t interval = 1;
    bool utc = false;
    std::optional<std::string> atTime;
};

Result<RolloverSchedule> scheduleOf(const TimedRotatingFileHandlerConfig &config)
{
    RolloverSchedule::Options options;
    options.when = config.when;
    options.interval = config.interval;
    options.utc = config.utc;
    if (config.atTime) {
        const auto time = RolloverSchedule::readTimeOfDay(*config.atTime);
        if (!time)
            return time.error();
        options.atTime = time.value();
    }
    return RolloverSchedule::create(options);
}

void check(const TimedRotatingFileHandlerConfig &config, const std::string &path, Problems &problems)
{
    checkFile(config, path, problems);
    if (config.atTime) {
        if (const auto time = RolloverSchedule::readTimeOfDay(*config.atTime); !time)
            problems.push_back({path + ".atTime", time.error().text});
    }
    RolloverSchedule::Options options;
    options.when = config.when;
    if (const auto schedule = RolloverSchedule::create(options); !schedule)
        problems.push_back({path + ".when", schedule.error().text});
}

std::string describe(const TimedRotatingFileHandlerConfig &config)
{
    if (config.filename.text.empty())
        return "Writes records to a file, and starts a new one at certain times";
    return fileName(config.filename.text) + " · " +
           (config.interval != 1 ? std::to_string(config.interval) + " " : "") + config.when +
           rotatingInWords(config);
}

} // namespace

const NodeType &TimedRotatingFileHandler()
{
    static const auto node =
        handlerNode<TimedRotatingFileHandlerConfig>(
            "TimedRotatingFileHandler", "Writes records to a file, and starts a new one at certain times",
            rotatingParams<TimedRotatingFileHandlerConfig>("Old files that are kept; 0: all")
                .param(&TimedRotatingFileHandlerConfig::when, "when",
                       "Unit of the interval: S, M, H, D, midnight, or W0 (Monday) to W6")
                .usual()
                .suggest({{"S", "seconds"}, {"M", "minutes"}, {"H", "hours"}, {"D", "days"},
                          {"midnight", "at midnight, or at atTime"}, {"W0", "on Mondays"}, {"W1", "on Tuesdays"},
                          {"W2", "on Wednesdays"}, {"W3", "on Thursdays"}, {"W4", "on Fridays"},
                          {"W5", "on Saturdays"}, {"W6", "on Sundays"}})
                .param(&TimedRotatingFileHandlerConfig::interval, "interval",
                       "How many of these a file lasts")
                .usual()
                .range(1, 1'000'000)
                .param(&TimedRotatingFileHandlerConfig::utc, "utc", "Times are UTC, not local")
                .param(
                    &TimedRotatingFileHandlerConfig::atTime, "atTime",
                    "Time of day for midnight and weekdays, as 13:45 or 13:45:10; by default the day's end")
                .usual()
                .hint(ParamSpec::Hint::TimeOfDay),
            [](const TimedRotatingFileHandlerConfig &config,
               const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                auto options = fileOptions(config, "a", context);
                if (!options)
                    return options.error();
                auto schedule = scheduleOf(config);
                if (!schedule)
                    return schedule.error();
                auto handler = std::make_shared<sluice::TimedRotatingFileHandler>(
                    std::move(*options), std::move(*schedule), config.backupCount,
                    static_cast<std::uint64_t>(config.maxBytes));
                if (const Status status = configureRotating(*handler, config); !status)
                    return status.error();
                return std::shared_ptr<Handler>(std::move(handler));
            })
            .rehearsedBy(configured<TimedRotatingFileHandlerConfig>(
                [](const TimedRotatingFileHandlerConfig &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                    auto schedule = scheduleOf(config);
                    if (!schedule)
                        return schedule.error();
                    return rehearsedFile(config, context, {static_cast<std::uint64_t>(config.maxBytes), config.backupCount, std::move(*schedule)});
                }))
            .guarantees([](const TimedRotatingFileHandlerConfig &, bool) { return fileGuarantee(); })
            .triedBy("Test the file",
                     [](const TimedRotatingFileHandlerConfig &config, const NodeContext &context) {
                         return tryConfiguredFile(config, "a", context);
                     })
            .checkedBy(check)
            .describedBy(describe);
    return node;
}

} // namespace nodes
} // namespace sluice
