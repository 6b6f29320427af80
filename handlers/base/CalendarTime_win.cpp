#include "base/CalendarParts.h"
#include "base/CalendarText_win.h"
#include "base/CalendarTime.h"

#include <algorithm>
#include <chrono>
#include <time.h>

namespace sluice {

namespace {

bool partsBeforeEpoch(std::int64_t seconds, std::tm &parts)
{
    using namespace std::chrono;
    constexpr std::int64_t farthest = 32'000LL * 366 * 86'400; // std::chrono's years end there
    if (seconds < -farthest)
        return false;
    const sys_seconds time{std::chrono::seconds(seconds)};
    const sys_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    parts = {};
    parts.tm_year = static_cast<int>(date.year()) - 1900;
    parts.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    parts.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    parts.tm_yday = static_cast<int>((day - sys_days(date.year() / January / 1)).count());
    parts.tm_wday = static_cast<int>(weekday(day).c_encoding());
    parts.tm_hour = static_cast<int>(clock.hours().count());
    parts.tm_min = static_cast<int>(clock.minutes().count());
    parts.tm_sec = static_cast<int>(clock.seconds().count());
    return true;
}

} // namespace

bool calendarParts(std::int64_t seconds, bool utc, std::tm &parts)
{
    static const bool zoneRead = (_tzset(), true); // as the first call of the library's own does
    static_cast<void>(zoneRead);
    // The library's own know no time before 1970. There, local time is standard time.
    if (seconds < 0)
        return partsBeforeEpoch(seconds - (utc ? 0 : _timezone), parts);
    const auto time = static_cast<__time64_t>(seconds);
    return (utc ? _gmtime64_s(&parts, &time) : _localtime64_s(&parts, &time)) == 0;
}

std::size_t formatParts(char *out, std::size_t room, const char *format, const std::tm &parts)
{
    std::string text;
    if (!appendCalendarText(text, format, parts, room - 1))
        return 0;
    *std::ranges::copy(text, out).out = '\0';
    return text.size();
}

void readTimeZone() { _tzset(); }

} // namespace sluice
