#include "filter/ExpressionTime.h"

#include "base/CalendarTime.h"
#include "filter/ExpressionNumber.h"
#include "filter/ExpressionText.h"

#include <chrono>
#include <cstdio>

namespace sluice {

namespace {

constexpr Nanoseconds minute = 60 * nanosecondsPerSecond;
constexpr Nanoseconds hour = 60 * minute;
constexpr Nanoseconds dayLength = 24 * hour;
/// Days around 1970 whose nanoseconds an int64 holds, with room for zones and clocks.
constexpr std::int64_t maxDay = 106'000;

constexpr std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Takes digits from the front: at least `least`, at most `most`.
std::optional<int> takeDigits(std::string_view &text, std::size_t least, std::size_t most)
{
    std::size_t count = 0;
    int value = 0;
    while (count < most && count < text.size() && expression::isDigit(text[count]))
        value = value * 10 + (text[count++] - '0');
    if (count < least)
        return std::nullopt;
    text.remove_prefix(count);
    return value;
}

bool takeChar(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

/// HH:MM[:SS[.fraction]]; a comma, as logging writes it, is a point too.
bool takeClock(std::string_view &text, ExpressionTime &time)
{
    const auto hours = takeDigits(text, 1, 2);
    if (!hours || !takeChar(text, ':'))
        return false;
    const auto minutes = takeDigits(text, 2, 2);
    if (!minutes || *hours > 24 || *minutes > 59)
        return false;
    time.clock = *hours * hour + *minutes * minute;
    time.precision = minute;
    if (takeChar(text, ':')) {
        const auto seconds = takeDigits(text, 2, 2);
        if (!seconds || *seconds > 60)
            return false;
        time.clock += *seconds * nanosecondsPerSecond;
        time.precision = nanosecondsPerSecond;
        if (takeChar(text, '.') || takeChar(text, ',')) {
            std::size_t digits = 0;
            while (digits < text.size() && expression::isDigit(text[digits])) {
                if (time.precision >= 10) {
                    time.precision /= 10;
                    time.clock += (text[digits] - '0') * time.precision;
                }
                ++digits;
            }
            if (digits == 0)
                return false;
            text.remove_prefix(digits);
        }
    }
    return time.clock <= dayLength;
}

bool takeDate(std::string_view &text, ExpressionTime &time)
{
    const auto year = takeDigits(text, 4, 4);
    if (!year || !takeChar(text, '-'))
        return false;
    const auto month = takeDigits(text, 1, 2);
    if (!month || !takeChar(text, '-'))
        return false;
    const auto day = takeDigits(text, 1, 2);
    if (!day)
        return false;
    const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok())
        return false;
    time.day = std::chrono::sys_days(date).time_since_epoch().count();
    return time.day >= -maxDay && time.day <= maxDay;
}

bool takeZone(std::string_view &text, ExpressionTime &time)
{
    takeChar(text, ' ');
    if (takeChar(text, 'Z') || takeChar(text, 'z')) {
        time.zone = 0;
        return true;
    }
    const bool west = text.starts_with('-');
    if (!takeChar(text, '+') && !takeChar(text, '-'))
        return false;
    const auto hours = takeDigits(text, 2, 2);
    takeChar(text, ':');
    const auto minutes = text.empty() ? 0 : takeDigits(text, 2, 2);
    if (!hours || !minutes || *hours > 15 || *minutes > 59)
        return false;
    const int offset = *hours * 60 + *minutes;
    time.zone = west ? -offset : offset;
    return true;
}

void appendClock(const ExpressionTime &time, std::string &out)
{
    char text[32];
    const auto number = [](Nanoseconds value) { return static_cast<int>(value); };
    std::snprintf(text, sizeof text, "%02d:%02d", number(time.clock / hour), number(time.clock / minute % 60));
    out += text;
    if (time.precision >= minute)
        return;
    std::snprintf(text, sizeof text, ":%02d", number(time.clock / nanosecondsPerSecond % 60));
    out += text;
    if (time.precision >= nanosecondsPerSecond)
        return;
    out += '.';
    Nanoseconds rest = time.clock % nanosecondsPerSecond;
    for (Nanoseconds unit = nanosecondsPerSecond / 10; unit >= time.precision && unit > 0; unit /= 10) {
        out += static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
}

void appendZone(int zone, std::string &out)
{
    if (zone == 0) {
        out += 'Z';
        return;
    }
    char text[16];
    const int minutes = zone < 0 ? -zone : zone;
    std::snprintf(text, sizeof text, "%c%02d:%02d", zone < 0 ? '-' : '+', minutes / 60, minutes % 60);
    out += text;
}

std::optional<ExpressionTime> parseNow(std::string_view text)
{
    ExpressionTime time;
    time.kind = ExpressionTime::Kind::Now;
    time.precision = nanosecondsPerSecond;
    if (text.empty())
        return time;
    const char sign = text[0];
    if (sign != '-' && sign != '+')
        return std::nullopt;
    const auto amount = ExpressionNumber::parse(text.substr(1));
    constexpr double longest = 100.0 * 365 * 86'400;
    if (!amount || amount->dimension() != ExpressionNumber::Dimension::Duration || amount->inUnits() > longest ||
        amount->inUnits() < 0)
        return std::nullopt;
    const Nanoseconds distance = toNanoseconds(amount->inUnits());
    time.clock = sign == '-' ? -distance : distance;
    return time;
}

/// The largest unit that says it whole.
void appendDistance(Nanoseconds distance, std::string &out)
{
    struct Unit
    {
        const char *name;
        Nanoseconds length;
    };
    constexpr Unit units[] = {{"d", dayLength}, {"h", hour}, {"m", minute}, {"s", nanosecondsPerSecond},
                              {"ms", 1'000'000}, {"us", 1000}, {"ns", 1}};
    for (const Unit &unit : units) {
        if (distance % unit.length == 0) {
            out += std::to_string(distance / unit.length) + unit.name;
            return;
        }
    }
}

} // namespace

std::optional<ExpressionTime> ExpressionTime::parse(std::string_view text)
{
    const std::string lower = expression::lowered(text);
    if (lower.starts_with("now"))
        return parseNow(text.substr(3));
    ExpressionTime time;
    for (const auto &[word, day] : {std::pair("today", 0), std::pair("yesterday", -1)}) {
        if (!lower.starts_with(word))
            continue;
        text.remove_prefix(std::string_view(word).size());
        time.kind = Kind::Today;
        time.day = day;
        time.precision = dayLength;
        if (text.empty())
            return time;
        if (!takeChar(text, ' '))
            return std::nullopt;
        time.hasClock = true;
        if (!takeClock(text, time) || !text.empty())
            return std::nullopt;
        return time;
    }
    std::string_view rest = text;
    if (takeDate(rest, time)) {
        time.precision = dayLength;
        if (takeChar(rest, 'T') || takeChar(rest, 't') || takeChar(rest, ' ')) {
            time.hasClock = true;
            if (!takeClock(rest, time))
                return std::nullopt;
        }
        if (!rest.empty() && !takeZone(rest, time))
            return std::nullopt;
        return rest.empty() ? std::optional(time) : std::nullopt;
    }
    rest = text;
    time = {};
    time.kind = Kind::Clock;
    time.hasClock = true;
    if (takeClock(rest, time) && rest.empty())
        return time;
    const auto seconds = ExpressionNumber::parse(text);
    if (seconds && seconds->dimension() == ExpressionNumber::Dimension::None && seconds->asReal() > -9e9 &&
        seconds->asReal() < 9e9)
        return fromEpoch(seconds->isWhole() ? seconds->asInt() * nanosecondsPerSecond : toNanoseconds(seconds->asReal()));
    return std::nullopt;
}

ExpressionTime ExpressionTime::fromEpoch(Nanoseconds moment)
{
    ExpressionTime time;
    time.day = floorDivide(moment, dayLength);
    time.clock = moment - time.day * dayLength;
    time.hasClock = true;
    time.zone = 0;
    time.precision = nanosecondsPerSecond;
    while (time.clock % time.precision != 0)
        time.precision /= 10;
    return time;
}

std::string ExpressionTime::print() const
{
    std::string out;
    switch (kind) {
    case Kind::Now:
        out = "now";
        if (clock != 0) {
            out += clock < 0 ? '-' : '+';
            appendDistance(clock < 0 ? -clock : clock, out);
        }
        return out;
    case Kind::Clock:
        appendClock(*this, out);
        return out;
    case Kind::Today:
        out = day == 0 ? "today" : "yesterday";
        if (hasClock) {
            out += ' ';
            appendClock(*this, out);
        }
        return out;
    case Kind::Date:
        break;
    }
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    out = text;
    if (hasClock) {
        out += 'T';
        appendClock(*this, out);
    }
    if (zone)
        appendZone(*zone, out);
    return out;
}

ExpressionTime::Span ExpressionTime::span(Nanoseconds now) const
{
    LocalClock local;
    const auto at = [&](std::int64_t date, Nanoseconds ofDay) {
        return zone ? date * dayLength + ofDay - *zone * minute : local.atLocal(date, ofDay);
    };
    Nanoseconds begin = clock;
    std::int64_t date = day;
    switch (kind) {
    case Kind::Now:
        begin = now + clock;
        return {begin, begin + precision, begin};
    case Kind::Clock:
        return {begin, begin + precision, begin};
    case Kind::Today:
        date += local.dayOf(now);
        break;
    case Kind::Date:
        break;
    }
    begin = at(date, hasClock ? clock : 0);
    if (hasClock)
        return {begin, begin + precision, begin};
    const Nanoseconds end = at(date + 1, 0);
    return {begin, end, end - 1};
}

Nanoseconds LocalClock::offset(Nanoseconds time)
{
    constexpr Nanoseconds quarterHour = 15 * minute;
    const std::int64_t quarter = floorDivide(time, quarterHour);
    if (quarter != m_quarter) {
        const auto clock = clockTime(floorDivide(time, nanosecondsPerSecond), false);
        m_offset = clock ? clock->offset * nanosecondsPerSecond : 0;
        m_quarter = quarter;
    }
    return m_offset;
}

Nanoseconds LocalClock::timeOfDay(Nanoseconds time)
{
    const Nanoseconds shown = time + offset(time);
    return shown - floorDivide(shown, dayLength) * dayLength;
}

std::int64_t LocalClock::dayOf(Nanoseconds time) { return floorDivide(time + offset(time), dayLength); }

Nanoseconds LocalClock::atLocal(std::int64_t day, Nanoseconds clock)
{
    const Nanoseconds shown = day * dayLength + clock;
    const Nanoseconds guess = shown - offset(shown);
    return shown - offset(guess);
}

} // namespace sluice
