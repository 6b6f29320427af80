#include "base/CalendarTime.h"

#include "base/CalendarParts.h"
#include "base/Utf8.h"

#include <chrono>

namespace sluice {

void appendCalendarTime(std::string &out, const std::string &format, std::int64_t seconds, bool utc)
{
    std::tm parts{};
    if (!calendarParts(seconds, utc, parts))
        return;
    // With a character behind it an empty result can be told from one that does not fit.
    const std::string marked = format + '.';
    const std::size_t start = out.size();
    const std::size_t longest = 256 * utf8::length(format);
    for (std::size_t room = 1024;; room *= 2) {
        out.resize(start + room);
        const std::size_t written = formatParts(out.data() + start, room, marked.c_str(), parts);
        if (written > 0) {
            out.resize(start + written - 1);
            return;
        }
        if (room >= longest) {
            out.resize(start);
            return;
        }
    }
}

std::optional<ClockTime> clockTime(std::int64_t seconds, bool utc)
{
    std::tm parts{};
    if (!calendarParts(seconds, utc, parts))
        return std::nullopt;
    ClockTime clock;
    clock.secondOfDay = (parts.tm_hour * 60 + parts.tm_min) * 60 + parts.tm_sec;
    clock.weekday = (parts.tm_wday + 6) % 7;
    clock.dst = parts.tm_isdst > 0;
    // Counted from the date itself, for not every system says what the offset is.
    const std::chrono::year_month_day date(std::chrono::year(parts.tm_year + 1900),
                                           std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                           std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
    clock.offset = std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * 86400 + clock.secondOfDay - seconds;
    return clock;
}

} // namespace sluice
