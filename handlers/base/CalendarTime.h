#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sluice {

/// Appends Python's time.strftime(format, time.localtime(seconds)), or time.gmtime where `utc`: C's strftime
/// with the names of the C locale, whatever the locale of the process. `seconds` since the Unix epoch. The
/// local time zone is that of the system, or of TZ. As in Python nothing is appended where the text would be
/// longer than 256 times the format (and 1024). A time that has no calendar date appends nothing.
/// Thread-safe.
void appendCalendarTime(std::string &out, const std::string &format, std::int64_t seconds, bool utc);

/// A time as a clock on the wall shows it.
struct ClockTime
{
    int secondOfDay = 0;
    int weekday = 0;         ///< 0 is Monday
    std::int64_t offset = 0; ///< seconds that the clock is ahead of UTC
    bool dst = false;
};

/// The clock at a time of the epoch, local or UTC; none if the system has no date for it. Thread-safe.
std::optional<ClockTime> clockTime(std::int64_t seconds, bool utc);

/// Reads TZ again. As in Python, a change of TZ while the program runs is seen after this only.
void readTimeZone();

} // namespace sluice
