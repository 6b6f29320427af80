#include "base/CalendarTime.h"

#include "base/CalendarParts.h"
#include "base/Utf8.h"

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

} // namespace sluice
