#include "handler/RolloverSchedule.h"

#include "base/CalendarTime.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr int day = 24 * 60 * 60;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string upperCase(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

} // namespace

Result<RolloverSchedule> RolloverSchedule::create(const Options &options)
{
    const std::string when = upperCase(options.when);
    RolloverSchedule schedule;
    std::int64_t unit = day;
    schedule.m_format = "%Y-%m-%d";
    schedule.m_pattern = "0000-00-00";
    if (when == "S") {
        unit = 1;
        schedule.m_format = "%Y-%m-%d_%H-%M-%S";
        schedule.m_pattern = "0000-00-00_00-00-00";
    } else if (when == "M") {
        unit = 60;
        schedule.m_format = "%Y-%m-%d_%H-%M";
        schedule.m_pattern = "0000-00-00_00-00";
    } else if (when == "H") {
        unit = 60 * 60;
        schedule.m_format = "%Y-%m-%d_%H";
        schedule.m_pattern = "0000-00-00_00";
    } else if (when == "MIDNIGHT") {
        schedule.m_byClock = true;
    } else if (when.starts_with('W')) {
        if (when.size() != 2)
            return Error{"You must specify a day for weekly rollover from 0 to 6 (0 is Monday): " + when};
        if (when[1] < '0' || when[1] > '6')
            return Error{"Invalid day specified for weekly rollover: " + when};
        unit = 7 * day;
        schedule.m_byClock = true;
        schedule.m_weekday = when[1] - '0';
    } else if (when != "D") {
        return Error{"Invalid rollover interval specified: " + when};
    }
    if (options.interval < 1)
        return Error{"The interval must be 1 or more."};
    schedule.m_interval = unit * options.interval;
    schedule.m_utc = options.utc;
    schedule.m_timeOfDay = options.atTime.value_or(day);
    return schedule;
}

Result<int> RolloverSchedule::readTimeOfDay(std::string_view text)
{
    const Error error{"A time of day is written as 13:45 or 13:45:10."};
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':' || (text.size() == 8 && text[5] != ':'))
        return error;
    int numbers[3] = {};
    constexpr int limits[3] = {24, 60, 60};
    for (std::size_t i = 0; i * 3 < text.size(); ++i) {
        const char tens = text[i * 3];
        const char ones = text[i * 3 + 1];
        if (!isDigit(tens) || !isDigit(ones))
            return error;
        numbers[i] = (tens - '0') * 10 + ones - '0';
        if (numbers[i] >= limits[i])
            return error;
    }
    return (numbers[0] * 60 + numbers[1]) * 60 + numbers[2];
}

std::int64_t RolloverSchedule::next(std::int64_t currentTime) const
{
    const auto now = m_byClock ? clockTime(currentTime, m_utc) : std::nullopt;
    if (!now)
        return currentTime + m_interval;
    std::int64_t wait = m_timeOfDay - now->secondOfDay;
    int weekday = now->weekday;
    if (wait <= 0) {
        wait += day;
        weekday = (weekday + 1) % 7;
    }
    if (m_weekday)
        wait += (*m_weekday - weekday + 7) % 7 * day + m_interval - 7 * day;
    else
        wait += m_interval - day;
    const std::int64_t result = currentTime + wait;
    const auto then = clockTime(result, m_utc);
    const std::int64_t change = then ? then->offset - now->offset : 0;
    if (change == 0)
        return result;
    // A time of day that the clock leaps over comes when it has leapt.
    const auto before = clockTime(result - change, m_utc);
    if (change > 0 && before && before->offset == now->offset)
        return result;
    return result - change;
}

std::string RolloverSchedule::stamp(std::int64_t rolloverAt, std::int64_t currentTime) const
{
    std::int64_t start = rolloverAt - m_interval;
    const auto then = clockTime(start, m_utc);
    const auto now = clockTime(currentTime, m_utc);
    if (then && now && then->dst != now->dst)
        start += now->offset - then->offset;
    std::string text;
    appendCalendarTime(text, m_format, start, m_utc);
    return text;
}

bool RolloverSchedule::isStamp(std::string_view part) const
{
    return std::ranges::equal(part, m_pattern,
                              [](char c, char wanted) { return wanted == '0' ? isDigit(c) : c == wanted; });
}

} // namespace sluice
