#pragma once

#include "base/Clock.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

/// Reads the dates that stand in syslog messages, as programs really write them. Keeps what it found out about
/// the local time zone. Not thread-safe.
///
///     Oct 11 22:14:15                    RFC 3164: local time, and the year that makes it nearest to now
///     Oct  1 2026 22:14:15.123 UTC       Cisco and others: a year, a fraction, a zone (UTC, GMT or Z)
///     Oct 11 22:14:15 2026               a year behind
///     2026-10-11T22:14:15.003+02:00      RFC 3339; also with a space or a comma, or without zone: local time
class SyslogTime
{
public:
    struct Found
    {
        Nanoseconds time = 0;
        std::size_t bytes = 0; ///< of the text that the date took
    };

    /// The date at the beginning of `text`; none if there is none, or one that no calendar has. `received`: now.
    std::optional<Found> read(std::string_view text, Nanoseconds received);

    /// What RFC 5424 allows and nothing else, if the whole of `text` is that.
    std::optional<Nanoseconds> readRfc3339(std::string_view text, Nanoseconds received);

private:
    struct Date
    {
        int year = 0;
        int month = 0; ///< 1 to 12
        int day = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        std::int64_t nanoseconds = 0;
        std::optional<int> zoneMinutes; ///< east of UTC; none: local time
    };

    class Scanner;

    std::optional<Found> readMonthName(std::string_view text, Nanoseconds received);
    std::optional<Found> readIso(std::string_view text, Nanoseconds received);
    std::optional<Nanoseconds> timeOf(const Date &date, Nanoseconds received);
    /// The beginning of an hour of local time, as seconds since the epoch.
    std::optional<std::int64_t> localHour(const Date &date, Nanoseconds received);

    /// The last hour that was asked for: its day and hour in one number, and when it began.
    std::int64_t m_knownHour = -1;
    std::int64_t m_knownStart = 0;
};

} // namespace sluice
