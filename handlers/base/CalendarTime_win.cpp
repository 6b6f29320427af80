#include "base/CalendarParts.h"
#include "base/CalendarTime.h"

#include <clocale>
#include <ctime>

namespace sluice {

namespace {

_locale_t plainLocale()
{
    static const _locale_t locale = _create_locale(LC_ALL, "C");
    return locale;
}

} // namespace

bool calendarParts(std::int64_t seconds, bool utc, std::tm &parts)
{
    const auto time = static_cast<__time64_t>(seconds);
    return (utc ? _gmtime64_s(&parts, &time) : _localtime64_s(&parts, &time)) == 0;
}

std::size_t formatParts(char *out, std::size_t room, const char *format, const std::tm &parts)
{
    return _strftime_l(out, room, format, &parts, plainLocale());
}

void readTimeZone() { _tzset(); }

} // namespace sluice
