#include "base/CalendarParts.h"
#include "base/CalendarTime.h"

#include <clocale>
#include <ctime>

namespace sluice {

namespace {

locale_t plainLocale()
{
    static const locale_t locale = newlocale(LC_ALL_MASK, "C", nullptr);
    return locale;
}

} // namespace

bool calendarParts(std::int64_t seconds, bool utc, std::tm &parts)
{
    const auto time = static_cast<std::time_t>(seconds);
    return (utc ? gmtime_r(&time, &parts) : localtime_r(&time, &parts)) != nullptr;
}

std::size_t formatParts(char *out, std::size_t room, const char *format, const std::tm &parts)
{
    return strftime_l(out, room, format, &parts, plainLocale());
}

void readTimeZone() { tzset(); }

} // namespace sluice
