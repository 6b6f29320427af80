#include "base/CalendarTime.h"

#include "base/Utf8.h"

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

void appendCalendarTime(std::string &out, const std::string &format, std::int64_t seconds, bool utc)
{
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    if (!(utc ? gmtime_r(&time, &parts) : localtime_r(&time, &parts)))
        return;
    // With a character behind it an empty result can be told from one that does not fit.
    const std::string marked = format + '.';
    const std::size_t start = out.size();
    const std::size_t longest = 256 * utf8::length(format);
    for (std::size_t room = 1024;; room *= 2) {
        out.resize(start + room);
        const std::size_t written =
            strftime_l(out.data() + start, room, marked.c_str(), &parts, plainLocale());
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

void readTimeZone() { tzset(); }

} // namespace sluice
