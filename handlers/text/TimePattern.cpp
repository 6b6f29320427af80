#include "text/TimePattern.h"

#include <array>
#include <chrono>

namespace sluice {

namespace {

constexpr std::array<std::string_view, 12> longMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                         "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> longWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                          "Friday", "Saturday", "Sunday"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Up to `most` digits, and at least one; spaces in front pad them.
std::size_t number(std::string_view text, std::size_t most, int &value)
{
    std::size_t at = 0;
    while (at + 1 < most && at < text.size() && text[at] == ' ')
        ++at;
    const std::size_t first = at;
    value = 0;
    for (; at < text.size() && at < most && isDigit(text[at]); ++at)
        value = value * 10 + (text[at] - '0');
    return at == first ? 0 : at;
}

std::size_t epoch(std::string_view text, TimeParts &parts)
{
    std::int64_t seconds = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 11 && isDigit(text[at]); ++at)
        seconds = seconds * 10 + (text[at] - '0');
    if (at == 0 || seconds > 9'000'000'000)
        return 0;
    using namespace std::chrono;
    const sys_seconds time{std::chrono::seconds(seconds)};
    const year_month_day date(floor<days>(time));
    parts.year = int(date.year());
    parts.month = int(unsigned(date.month()));
    parts.day = int(unsigned(date.day()));
    parts.hour = int(seconds / 3600 % 24);
    parts.minute = int(seconds / 60 % 60);
    parts.second = int(seconds % 60);
    parts.zoneMinutes = 0;
    return at;
}

std::size_t zoneName(std::string_view text, TimeParts &parts)
{
    std::size_t at = 0;
    while (at < text.size() && at < 8 && ((text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= 'a' && text[at] <= 'z')))
        ++at;
    const std::string_view name = text.substr(0, at);
    if (name == "UTC" || name == "GMT" || name == "Z")
        parts.zoneMinutes = 0; // other names mean different zones to different people
    return at;
}

} // namespace

Result<TimePattern> TimePattern::create(std::string_view format)
{
    TimePattern pattern;
    if (Status status = pattern.add(format); !status)
        return status.error();
    if (pattern.m_steps.empty())
        return Error{"The time format is empty."};
    return pattern;
}

Status TimePattern::add(std::string_view format)
{
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            m_steps.push_back({0, format[i]});
            continue;
        }
        if (++i == format.size())
            return Error{"The time format ends with a single %."};
        // glibc's "%-d" and "%_d" write without zeros, which are not asked for here anyway.
        const bool isFlagged = (format[i] == '-' || format[i] == '_' || format[i] == '0') && i + 1 < format.size();
        i += isFlagged;
        Status status;
        switch (const char directive = format[i]) {
        case '%':
            m_steps.push_back({0, '%'});
            break;
        case 'T':
            status = add("%H:%M:%S");
            break;
        case 'R':
            status = add("%H:%M");
            break;
        case 'F':
            status = add("%Y-%m-%d");
            break;
        case 'D':
            status = add("%m/%d/%y");
            break;
        case 'e':
            m_steps.push_back({'d', 0, false});
            m_hasDate = true;
            break;
        case 'f':
            m_hasFraction = true;
            m_steps.push_back({directive, 0});
            break;
        case 'd':
        case 'j':
        case 's':
            m_hasDate = true;
            [[fallthrough]];
        case 'Y':
        case 'm':
        case 'b':
        case 'h':
        case 'B':
        case 'a':
        case 'A':
        case 'y':
        case 'H':
        case 'I':
        case 'M':
        case 'S':
        case 'p':
        case 'z':
        case 'Z':
            m_steps.push_back({directive == 'h' ? 'b' : directive, 0, !isFlagged});
            break;
        default:
            return Error{std::string("%") + directive + " cannot be read in a time format."};
        }
        if (!status)
            return status;
    }
    return {};
}

std::size_t TimePattern::readStep(char directive, std::string_view text, TimeParts &parts, bool &isAfternoon, bool &isTwelve)
{
    switch (directive) {
    case 'Y':
        parts.year = digitsAt(text, 0, 4);
        return parts.year < 0 ? 0 : 4;
    case 'y': {
        const std::size_t bytes = number(text, 2, parts.year);
        parts.year += parts.year < 69 ? 2000 : 1900;
        return bytes;
    }
    case 'm':
        return number(text, 2, parts.month);
    case 'd':
        return number(text, 2, parts.day);
    case 'H':
        return number(text, 2, parts.hour);
    case 'I':
        isTwelve = true;
        return number(text, 2, parts.hour);
    case 'M':
        return number(text, 2, parts.minute);
    case 'S':
        return number(text, 2, parts.second);
    case 'f':
        return readFraction(text, parts);
    case 'z':
        return text.empty() || text.front() == ' ' ? 0 : readZone(text, parts);
    case 'Z':
        return zoneName(text, parts);
    case 's':
        return epoch(text, parts);
    case 'p':
        if (text.starts_with("PM") || text.starts_with("pm"))
            isAfternoon = true;
        else if (!text.starts_with("AM") && !text.starts_with("am"))
            return 0;
        isTwelve = true;
        return 2;
    case 'b':
        parts.month = monthAt(text);
        return parts.month ? 3 : 0;
    case 'B':
        for (std::size_t i = 0; i < longMonths.size(); ++i) {
            if (text.starts_with(longMonths[i])) {
                parts.month = int(i) + 1;
                return longMonths[i].size();
            }
        }
        return 0;
    case 'a':
        return isWeekdayAt(text) ? 3 : 0;
    case 'A':
        for (const std::string_view name : longWeekdays) {
            if (text.starts_with(name))
                return name.size();
        }
        return 0;
    case 'j': {
        // The day of the year: as a day of January for now, until the year is known.
        int dayOfYear = 0;
        const std::size_t bytes = number(text, 3, dayOfYear);
        parts.month = 0;
        parts.day = dayOfYear;
        return bytes;
    }
    default:
        return 0;
    }
}

std::size_t TimePattern::read(std::string_view text, TimeParts &parts) const
{
    parts = {};
    bool isAfternoon = false;
    bool isTwelve = false;
    std::size_t at = 0;
    for (const Step step : m_steps) {
        const std::string_view rest = text.substr(at);
        if (step.directive == 0) {
            if (rest.empty() || rest.front() != step.literal)
                return 0;
            ++at;
            continue;
        }
        const std::size_t bytes = readStep(step.directive, rest, parts, isAfternoon, isTwelve);
        if (bytes == 0)
            return 0;
        at += bytes;
    }
    if (isTwelve)
        parts.hour = parts.hour % 12 + (isAfternoon ? 12 : 0);
    if (parts.month == 0 && parts.day > 0) {
        using namespace std::chrono;
        if (parts.year < 1678 || parts.year > 2261 || parts.day > 366)
            return 0;
        const year_month_day date(sys_days(year(parts.year) / January / 1) + days(parts.day - 1));
        if (int(date.year()) != parts.year)
            return 0;
        parts.month = int(unsigned(date.month()));
        parts.day = int(unsigned(date.day()));
    } else if (parts.month == 0) {
        parts.year = 0; // a clock, and perhaps a year, make no date
    } else if (parts.day == 0) {
        parts.day = 1;
    }
    return parts.isValid() ? at : 0;
}

bool TimePattern::addTo(LineHead &head) const
{
    for (const Step step : m_steps) {
        switch (step.directive) {
        case 0:
            head.add(std::string_view(&step.literal, 1));
            break;
        case 'Y':
            head.addDigits(4);
            break;
        case 'm':
        case 'd':
        case 'H':
        case 'I':
        case 'M':
        case 'S':
        case 'y':
            if (!step.isPadded) {
                head.add("0123456789 ");
                return false;
            }
            head.addDigits(2);
            break;
        case 'b':
            head.add("JFMASOND");
            head.add("aepuco");
            head.add("nbrylgptvc");
            break;
        case 'a':
            head.add("MTWFS");
            head.add("ouehra");
            head.add("neduti");
            break;
        case 's':
        case 'f':
        case 'j':
            head.add(LineHead::digits);
            return false;
        default:
            head.addVisible();
            return false;
        }
    }
    return true;
}

} // namespace sluice
