#include "base/CalendarTime.h"

#include "base/Utf8.h"

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

void appendCalendarTime(std::string &out, const std::string &format, std::int64_t seconds, bool utc)
{
    const auto time = static_cast<__time64_t>(seconds);
    std::tm parts{};
    if ((utc ? _gmtime64_s(&parts, &time) : _localtime64_s(&parts, &time)) != 0)
        return;
    const std::string marked = format + '.';
    const std::size_t start = out.size();
    const std::size_t longest = 256 * utf8::length(format);
    for (std::size_t room = 1024;; room *= 2) {
        out.resize(start + room);
        const std::size_t written =
            _strftime_l(out.data() + start, room, marked.c_str(), &parts, plainLocale());
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

void readTimeZone() { _tzset(); }

} // namespace sluice
