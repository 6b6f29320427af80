#include "base/CalendarText_win.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <time.h>

namespace sluice {

namespace {

constexpr std::array<const char *, 7> days = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
constexpr std::array<const char *, 12> months = {"January", "February", "March",     "April",   "May",      "June",
                                                 "July",    "August",   "September", "October", "November", "December"};

/// "%" flags width modifier conversion.
struct Conversion
{
    char padding = 0; ///< '-', '_' or '0' where asked for
    bool upper = false;
    bool swapped = false; ///< '#': the other case
    std::size_t width = 0;
    char letter = 0;
    std::size_t length = 0; ///< of all of it, in the format
};

Conversion readConversion(std::string_view text)
{
    constexpr std::size_t widest = 1 << 20;
    Conversion conversion;
    std::size_t i = 1;
    for (; i < text.size() && std::string_view("_-0^#").find(text[i]) != std::string_view::npos; ++i) {
        if (text[i] == '^')
            conversion.upper = true;
        else if (text[i] == '#')
            conversion.swapped = true;
        else
            conversion.padding = text[i];
    }
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
        conversion.width = std::min(conversion.width * 10 + static_cast<std::size_t>(text[i] - '0'), widest);
    if (i < text.size() && (text[i] == 'E' || text[i] == 'O'))
        ++i;
    if (i < text.size())
        conversion.letter = text[i++];
    conversion.length = i;
    return conversion;
}

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

struct IsoWeek
{
    int year;
    int week;
};

IsoWeek isoWeek(const std::tm &parts)
{
    int year = parts.tm_year + 1900;
    // The week is that of its Thursday.
    int thursday = parts.tm_yday + 3 - (parts.tm_wday + 6) % 7;
    const int length = 365 + isLeap(year);
    if (thursday < 0)
        thursday += 365 + isLeap(--year);
    else if (thursday >= length) {
        thursday -= length;
        ++year;
    }
    return {year, thursday / 7 + 1};
}

class Writer
{
public:
    Writer(std::string &out, const std::tm &parts) : m_out(out), m_parts(parts) {}

    bool write(std::string_view format, std::size_t longest)
    {
        while (!format.empty() && m_out.size() <= longest) {
            const std::size_t percent = format.find('%');
            m_out.append(format.substr(0, percent));
            if (percent == std::string_view::npos)
                break;
            format.remove_prefix(percent);
            const Conversion conversion = readConversion(format);
            if (!convert(conversion))
                m_out.append(format.substr(0, conversion.length));
            format.remove_prefix(conversion.length);
        }
        return m_out.size() <= longest;
    }

private:
    static constexpr std::size_t composedLength = 100;

    void number(const Conversion &as, long long value, std::size_t digits, char padding = '0')
    {
        if (as.padding)
            padding = as.padding;
        const std::string text = std::to_string(std::abs(value));
        if (value < 0)
            m_out += '-';
        const std::size_t width = padding == '-' ? 0 : std::max(digits, as.width);
        if (text.size() < width)
            m_out.append(width - text.size(), padding == '_' ? ' ' : '0');
        m_out += text;
    }

    void text(const Conversion &as, std::string value, bool swapsToLower = false)
    {
        const auto each = [&](auto change) { std::ranges::transform(value, value.begin(), change); };
        const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        if (as.swapped && swapsToLower)
            each(lower);
        else if (as.upper || as.swapped)
            each(upper);
        if (value.size() < as.width && as.padding != '-')
            m_out.append(as.width - value.size(), as.padding == '0' ? '0' : ' ');
        m_out += value;
    }

    void composed(const Conversion &as, std::string_view format)
    {
        std::string value;
        Writer(value, m_parts).write(format, composedLength);
        text(as, std::move(value));
    }

    bool convert(const Conversion &as)
    {
        return convertDate(as) || convertTime(as) || convertComposed(as);
    }

    bool convertDate(const Conversion &as)
    {
        const int year = m_parts.tm_year + 1900;
        const int monday = (m_parts.tm_wday + 6) % 7;
        switch (as.letter) {
        case 'a': text(as, std::string(days[dayIndex()], 3)); return true;
        case 'A': text(as, days[dayIndex()]); return true;
        case 'b':
        case 'h': text(as, std::string(months[monthIndex()], 3)); return true;
        case 'B': text(as, months[monthIndex()]); return true;
        case 'C': number(as, year / 100 - (year % 100 < 0), 2); return true;
        case 'd': number(as, m_parts.tm_mday, 2); return true;
        case 'e': number(as, m_parts.tm_mday, 2, '_'); return true;
        case 'g': number(as, (isoWeek(m_parts).year % 100 + 100) % 100, 2); return true;
        case 'G': number(as, isoWeek(m_parts).year, 1); return true;
        case 'j': number(as, m_parts.tm_yday + 1, 3); return true;
        case 'm': number(as, m_parts.tm_mon + 1, 2); return true;
        case 'u': number(as, monday + 1, 1); return true;
        case 'U': number(as, (m_parts.tm_yday + 7 - m_parts.tm_wday) / 7, 2); return true;
        case 'V': number(as, isoWeek(m_parts).week, 2); return true;
        case 'w': number(as, m_parts.tm_wday, 1); return true;
        case 'W': number(as, (m_parts.tm_yday + 7 - monday) / 7, 2); return true;
        case 'y': number(as, (year % 100 + 100) % 100, 2); return true;
        case 'Y': number(as, year, 1); return true;
        default: return false;
        }
    }

    bool convertTime(const Conversion &as)
    {
        const int hour12 = (m_parts.tm_hour + 11) % 12 + 1;
        const char *const half = m_parts.tm_hour < 12 ? "AM" : "PM";
        switch (as.letter) {
        case 'H': number(as, m_parts.tm_hour, 2); return true;
        case 'I': number(as, hour12, 2); return true;
        case 'k': number(as, m_parts.tm_hour, 2, '_'); return true;
        case 'l': number(as, hour12, 2, '_'); return true;
        case 'M': number(as, m_parts.tm_min, 2); return true;
        case 'p': text(as, half, true); return true;
        case 'P': text(as, m_parts.tm_hour < 12 ? "am" : "pm"); return true;
        case 's': {
            std::tm copy = m_parts;
            number(as, _mktime64(&copy), 1);
            return true;
        }
        case 'S': number(as, m_parts.tm_sec, 2); return true;
        case 'z': zoneOffset(as); return true;
        case 'Z': text(as, _tzname[m_parts.tm_isdst > 0], true); return true;
        default: return false;
        }
    }

    bool convertComposed(const Conversion &as)
    {
        switch (as.letter) {
        case 'c': composed(as, "%a %b %e %H:%M:%S %Y"); return true;
        case 'D':
        case 'x': composed(as, "%m/%d/%y"); return true;
        case 'F': composed(as, "%Y-%m-%d"); return true;
        case 'n': m_out += '\n'; return true;
        case 'r': composed(as, "%I:%M:%S %p"); return true;
        case 'R': composed(as, "%H:%M"); return true;
        case 't': m_out += '\t'; return true;
        case 'T':
        case 'X': composed(as, "%H:%M:%S"); return true;
        case '%': m_out += '%'; return true;
        default: return false;
        }
    }

    void zoneOffset(const Conversion &as)
    {
        const long west = _timezone + (m_parts.tm_isdst > 0 ? _dstbias : 0);
        const long minutes = std::abs(west) / 60;
        m_out += west > 0 ? '-' : '+';
        number(as, minutes / 60 * 100 + minutes % 60, 4);
    }

    std::size_t dayIndex() const { return static_cast<std::size_t>(std::clamp(m_parts.tm_wday, 0, 6)); }
    std::size_t monthIndex() const { return static_cast<std::size_t>(std::clamp(m_parts.tm_mon, 0, 11)); }

    std::string &m_out;
    const std::tm &m_parts;
};

} // namespace

bool appendCalendarText(std::string &out, std::string_view format, const std::tm &parts, std::size_t longest)
{
    return Writer(out, parts).write(format, longest);
}

} // namespace sluice
