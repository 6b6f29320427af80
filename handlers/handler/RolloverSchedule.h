#pragma once

#include "base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// When a TimedRotatingFileHandler starts a new file, and what stands in the old one's name.
/// https://docs.python.org/3/library/logging.handlers.html#timedrotatingfilehandler
///
/// The arithmetic is that of CPython 3.13: `interval` counts for midnight and weekdays too, and these come at
/// the time of day asked for whatever summer time does in between. Where a change of the clock is no whole
/// hour (Lord Howe), or no summer time (a country that changes its zone), CPython is off by the difference,
/// and this is not. All times are whole seconds since the epoch. Immutable.
class RolloverSchedule
{
public:
    struct Options
    {
        /// S, M, H, D, midnight, W0 (Monday) to W6, in either case.
        std::string when = "h";
        std::int64_t interval = 1; ///< of these; at least 1
        bool utc = false;
        /// Second of the day for midnight and weekdays; none: midnight, which ends the day named.
        std::optional<int> atTime;
    };

    /// Fails with CPython's sentences.
    static Result<RolloverSchedule> create(const Options &options);
    /// Reads "13:45" or "13:45:10" as a second of the day.
    static Result<int> readTimeOfDay(std::string_view text);

    /// Python's computeRollover: the first rollover after `currentTime`.
    std::int64_t next(std::int64_t currentTime) const;

    /// The period that ends at `rolloverAt`, as it stands in a file's name, "2024-01-31_13-45" or a part of
    /// it. As in CPython the offset of summer time is that of `currentTime`.
    std::string stamp(std::int64_t rolloverAt, std::int64_t currentTime) const;

    /// Python's extMatch: whether a part of a file's name, between two dots, is such a stamp.
    bool isStamp(std::string_view part) const;
    std::size_t stampLength() const { return m_pattern.size(); }

private:
    RolloverSchedule() = default;

    bool m_byClock = false; ///< at a time of day, not after so many seconds
    std::optional<int> m_weekday;
    std::int64_t m_interval = 0; ///< in seconds
    int m_timeOfDay = 0;
    bool m_utc = false;
    std::string m_format;
    std::string_view m_pattern; ///< "0" for each digit
};

} // namespace sluice
