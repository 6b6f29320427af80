#pragma once

#include "handler/BaseRotatingHandler.h"
#include "handler/RolloverSchedule.h"

#include <optional>

namespace sluice {

/// Starts a new file at certain times: app.log becomes app.log.2024-01-31, named after the beginning of its
/// period. https://docs.python.org/3/library/logging.handlers.html#timedrotatingfilehandler
///
/// The first rollover counts from the last change of a file that is there, else from now; later ones happen
/// with the first record after their time. With a maxBytes a new file is also started when that is reached,
/// as in RotatingFileHandler; further files of one period are app.log.2024-01-31.1, .2 and so on in their
/// order. The same happens where a name is taken already (the hour that summer time repeats): CPython would
/// delete that file.
class TimedRotatingFileHandler : public BaseRotatingHandler
{
public:
    /// The mode is Append, whatever the options say. `backupCount`: old files that are kept; 0: all.
    TimedRotatingFileHandler(Options options, RolloverSchedule schedule, int backupCount,
                             std::uint64_t maxBytes = 0);

    /// The first rollover after a time, in seconds since the epoch.
    virtual std::int64_t computeRollover(std::int64_t currentTime) const
    {
        return m_schedule.next(currentTime);
    }

    /// The old files that are too many, with their paths. Found by their names; see TimedBackups.
    virtual Result<std::vector<std::string>> getFilesToDelete() const;

    void doRollover() override;

protected:
    bool shouldRollover(const LogRecord &record) override;
    bool shouldRollover(const LogRecord &record, std::string_view text) override;
    void emitBatch(RecordSpan records) override;

private:
    std::int64_t currentTime() const;
    std::int64_t rolloverAt();

    const RolloverSchedule m_schedule;
    const int m_backupCount;
    std::int64_t m_start; ///< when the file was begun
    bool m_startIsNow;    ///< there was none
    std::optional<std::int64_t> m_rolloverAt;
    std::int64_t m_batchTime = 0; ///< by the wall clock
    bool m_bySize = false;
};

} // namespace sluice
