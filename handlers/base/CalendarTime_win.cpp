#include "base/CalendarParts.h"
#include "base/CalendarText_win.h"
#include "base/CalendarTime.h"

#include <algorithm>

namespace sluice {

bool calendarParts(std::int64_t seconds, bool utc, std::tm &parts)
{
    const auto time = static_cast<__time64_t>(seconds);
    return (utc ? _gmtime64_s(&parts, &time) : _localtime64_s(&parts, &time)) == 0;
}

std::size_t formatParts(char *out, std::size_t room, const char *format, const std::tm &parts)
{
    std::string text;
    appendCalendarText(text, format, parts);
    if (text.size() >= room)
        return 0;
    *std::ranges::copy(text, out).out = '\0';
    return text.size();
}

void readTimeZone() { _tzset(); }

} // namespace sluice
