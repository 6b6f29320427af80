#include "text/TimeParts.h"

#include <array>
#include <chrono>

namespace sluice {

namespace {

constexpr std::array<std::string_view, 12> monthNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdayNames = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isAt(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

/// One or two digits; the number of bytes.
std::size_t shortNumber(std::string_view text, int &value)
{
    if (text.empty() || !isDigit(text[0]))
        return 0;
    value = text[0] - '0';
    if (text.size() < 2 || !isDigit(text[1]))
        return 1;
    value = value * 10 + (text[1] - '0');
    return 2;
}

/// "2026-10-11 22:14:15" and all that may follow.
std::size_t readIso(std::string_view text, TimeParts &parts)
{
    const char dash = text[4];
    parts.year = digitsAt(text, 0, 4);
    parts.month = digitsAt(text, 5, 2);
    parts.day = digitsAt(text, 8, 2);
    if (parts.year < 0 || parts.month < 0 || parts.day < 0 || text[7] != dash)
        return 0;
    const char between = text[10];
    if (between != ' ' && between != 'T' && between != 't' && between != '_' && between != '-')
        return 0;
    const std::size_t clock = readClock(text.substr(11), parts);
    if (clock == 0)
        return 0;
    return 11 + clock + readZone(text.substr(11 + clock), parts);
}

/// "11/Oct/2026:22:14:15 +0200", "11-Oct-2026 22:14:15", "11 Oct 2026 22:14:15"
std::size_t readDayFirst(std::string_view text, TimeParts &parts)
{
    std::size_t at = shortNumber(text, parts.day);
    if (at == 0 || at + 9 >= text.size())
        return 0;
    const char separator = text[at];
    if ((separator != '/' && separator != '-' && separator != ' ') || text[at + 4] != separator)
        return 0;
    parts.month = monthAt(text.substr(at + 1));
    parts.year = digitsAt(text, at + 5, 4);
    if (parts.month == 0 || parts.year < 0)
        return 0;
    at += 9;
    if (text[at] != ':' && text[at] != ' ')
        return 0;
    const std::size_t clock = readClock(text.substr(at + 1), parts);
    if (clock == 0)
        return 0;
    at += 1 + clock;
    return at + readZone(text.substr(at), parts);
}

/// "Oct 11 22:14:15", "Oct 11 2026 22:14:15", "Oct 11 22:14:15 2026"
std::size_t readMonthFirst(std::string_view text, TimeParts &parts)
{
    parts.month = monthAt(text);
    if (parts.month == 0 || !isAt(text, 3, ' '))
        return 0;
    std::size_t at = isAt(text, 4, ' ') ? 5 : 4;
    const std::size_t day = shortNumber(text.substr(at), parts.day);
    if (day == 0 || !isAt(text, at + day, ' '))
        return 0;
    at += day + 1;
    if (const int year = digitsAt(text, at, 4); year > 0 && isAt(text, at + 4, ' ')) {
        parts.year = year;
        at += 5;
    }
    const std::size_t clock = readClock(text.substr(at), parts);
    if (clock == 0)
        return 0;
    at += clock;
    if (parts.year == 0 && isAt(text, at, ' ')) {
        const int year = digitsAt(text, at + 1, 4);
        const bool ends = at + 5 >= text.size() || text[at + 5] == ' ' || text[at + 5] == ']';
        if (year >= 1970 && year < 2100 && ends) {
            parts.year = year;
            at += 5;
        }
    }
    return at + readZone(text.substr(at), parts);
}

} // namespace

int digitsAt(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!isDigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int monthAt(std::string_view text)
{
    for (std::size_t i = 0; i < monthNames.size(); ++i) {
        if (text.starts_with(monthNames[i]))
            return int(i) + 1;
    }
    return 0;
}

bool isWeekdayAt(std::string_view text)
{
    for (const std::string_view name : weekdayNames) {
        if (text.starts_with(name))
            return true;
    }
    return false;
}

std::size_t readFraction(std::string_view text, TimeParts &parts)
{
    std::size_t at = 0;
    int unit = 100'000'000;
    parts.nanoseconds = 0;
    for (; at < text.size() && isDigit(text[at]); ++at) {
        parts.nanoseconds += unit * (text[at] - '0');
        unit /= 10;
    }
    return at;
}

std::size_t readClock(std::string_view text, TimeParts &parts)
{
    std::size_t at = shortNumber(text, parts.hour);
    if (at == 0 || !isAt(text, at, ':'))
        return 0;
    parts.minute = digitsAt(text, at + 1, 2);
    if (parts.minute < 0)
        return 0;
    at += 3;
    if (!isAt(text, at, ':'))
        return at;
    parts.second = digitsAt(text, at + 1, 2);
    if (parts.second < 0)
        return 0;
    at += 3;
    if ((isAt(text, at, '.') || isAt(text, at, ',')) && at + 1 < text.size() && isDigit(text[at + 1]))
        at += 1 + readFraction(text.substr(at + 1), parts);
    return at;
}

std::size_t readZone(std::string_view text, TimeParts &parts)
{
    if (text.empty())
        return 0;
    const std::size_t space = text[0] == ' ';
    const std::string_view zone = text.substr(space);
    if (zone.empty())
        return 0;
    const auto endsAt = [&](std::size_t at) {
        if (at >= zone.size())
            return true;
        const char c = zone[at];
        return !isDigit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
    };
    if ((zone[0] == 'Z' || zone[0] == 'z') && endsAt(1)) {
        parts.zoneMinutes = 0;
        return space + 1;
    }
    if ((zone.starts_with("UTC") || zone.starts_with("GMT")) && endsAt(3)) {
        parts.zoneMinutes = 0;
        return space + 3;
    }
    if (zone[0] != '+' && zone[0] != '-')
        return 0;
    const int hours = digitsAt(zone, 1, 2);
    if (hours < 0 || hours > 23)
        return 0;
    std::size_t bytes = 3;
    int minutes = digitsAt(zone, 4, 2);
    if (isAt(zone, 3, ':') && minutes >= 0) {
        bytes = 6;
    } else if ((minutes = digitsAt(zone, 3, 2)) >= 0) {
        bytes = 5;
    } else {
        minutes = 0;
        if (space)
            return 0; // " -12 items"
    }
    if (minutes > 59 || !endsAt(bytes))
        return 0;
    parts.zoneMinutes = (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return space + bytes;
}

std::size_t readTimeParts(std::string_view text, TimeParts &parts)
{
    constexpr std::size_t shortest = 5; // "22:14"
    if (text.size() < shortest)
        return 0;
    parts = {};
    std::size_t bytes = 0;
    if (isDigit(text[0])) {
        if (text.size() >= 16 && (text[4] == '-' || text[4] == '/'))
            bytes = readIso(text, parts);
        else if (text[1] == ':' || text[2] == ':')
            bytes = readClock(text, parts);
        else
            bytes = readDayFirst(text, parts);
    } else if (isWeekdayAt(text)) {
        const std::size_t name = isAt(text, 3, ',') ? 5 : 4;
        if (text.size() <= name || text[name - 1] != ' ')
            return 0;
        const std::string_view rest = text.substr(name);
        bytes = isDigit(rest[0]) ? readDayFirst(rest, parts) : readMonthFirst(rest, parts);
        if (bytes)
            bytes += name;
    } else {
        bytes = readMonthFirst(text, parts);
    }
    return bytes && parts.isValid() ? bytes : 0;
}

bool TimeParts::isValid() const
{
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    if (month == 0)
        return year == 0;
    // Outside of these years a time is no Nanoseconds. A leap year stands in for a year that is not said.
    if (year != 0 && (year < 1678 || year > 2261))
        return false;
    using namespace std::chrono;
    return year_month_day(std::chrono::year(year ? year : 2024), std::chrono::month(unsigned(month)),
                          std::chrono::day(unsigned(day)))
        .ok();
}

} // namespace sluice
