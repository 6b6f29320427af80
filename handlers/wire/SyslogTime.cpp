#include "wire/SyslogTime.h"

#include <array>
#include <chrono>
#include <ctime>
#include <limits>

namespace sluice {

namespace {

constexpr std::array<std::string_view, 12> monthNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isDate(int year, int month, int day)
{
    return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(unsigned(month)),
                                       std::chrono::day(unsigned(day)))
        .ok();
}

/// Days since the epoch.
std::int64_t dayNumber(int year, int month, int day)
{
    return std::chrono::sys_days(std::chrono::year_month_day(std::chrono::year(year),
                                                             std::chrono::month(unsigned(month)),
                                                             std::chrono::day(unsigned(day))))
        .time_since_epoch()
        .count();
}

Nanoseconds distance(Nanoseconds a, Nanoseconds b) { return a > b ? a - b : b - a; }

} // namespace

/// Takes one piece after the other from the front of a text.
class SyslogTime::Scanner
{
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    std::size_t at() const { return m_at; }
    std::string_view rest() const { return m_text.substr(m_at); }
    void back(std::size_t at) { m_at = at; }

    bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    bool takeAny(std::string_view chars)
    {
        if (m_at >= m_text.size() || chars.find(m_text[m_at]) == std::string_view::npos)
            return false;
        ++m_at;
        return true;
    }
    bool take(std::string_view word)
    {
        if (!rest().starts_with(word))
            return false;
        m_at += word.size();
        return true;
    }
    bool number(int &value, std::size_t least, std::size_t most)
    {
        std::size_t count = 0;
        value = 0;
        while (count < most && m_at + count < m_text.size() && isDigit(m_text[m_at + count]))
            value = value * 10 + (m_text[m_at + count++] - '0');
        if (count < least || (m_at + count < m_text.size() && count == most && isDigit(m_text[m_at + count])))
            return false;
        m_at += count;
        return true;
    }
    /// "hh:mm:ss" and a fraction, if there is one.
    bool clock(Date &date)
    {
        if (!number(date.hour, 1, 2) || !take(':') || !number(date.minute, 2, 2) || !take(':') ||
            !number(date.second, 2, 2))
            return false;
        const std::size_t before = m_at;
        if (takeAny(".,")) {
            std::int64_t unit = nanosecondsPerSecond;
            const std::size_t first = m_at;
            for (; m_at < m_text.size() && isDigit(m_text[m_at]); ++m_at) {
                unit /= 10;
                date.nanoseconds += unit * (m_text[m_at] - '0');
            }
            if (m_at == first)
                m_at = before; // the end of a sentence
        }
        return true;
    }
    /// Whether a word ends here, with a space or with Cisco's colon.
    bool atEnd() const { return rest().empty() || rest().front() == ' ' || rest() == ":" || rest().starts_with(": "); }
    /// "Z", "+02:00", "-0330".
    bool zone(Date &date)
    {
        if (takeAny("Zz")) {
            date.zoneMinutes = 0;
            return true;
        }
        const std::size_t before = m_at;
        const bool west = !rest().empty() && rest().front() == '-';
        int hours = 0;
        int minutes = 0;
        if (takeAny("+-") && number(hours, 2, 2 + 2)) {
            if (m_at - before == 5) {
                minutes = hours % 100;
                hours /= 100;
            } else if (m_at - before != 3 || !take(':') || !number(minutes, 2, 2)) {
                back(before);
                return false;
            }
            if (hours <= 23 && minutes <= 59) {
                date.zoneMinutes = (west ? -1 : 1) * (hours * 60 + minutes);
                return true;
            }
        }
        back(before);
        return false;
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

std::optional<SyslogTime::Found> SyslogTime::read(std::string_view text, Nanoseconds received)
{
    if (text.size() < 15)
        return std::nullopt;
    return isDigit(text.front()) ? readIso(text, received) : readMonthName(text, received);
}

std::optional<Nanoseconds> SyslogTime::readRfc3339(std::string_view text, Nanoseconds received)
{
    if (text.size() < 20 || text[10] != 'T' || text.find(',') != std::string_view::npos)
        return std::nullopt;
    const auto found = readIso(text, received);
    return found && found->bytes == text.size() ? std::optional(found->time) : std::nullopt;
}

std::optional<SyslogTime::Found> SyslogTime::readMonthName(std::string_view text, Nanoseconds received)
{
    Scanner scanner(text);
    Date date;
    for (std::size_t i = 0; i < monthNames.size() && !date.month; ++i) {
        if (scanner.take(monthNames[i]))
            date.month = int(i) + 1;
    }
    if (!date.month || !scanner.take(' '))
        return std::nullopt;
    scanner.take(' ');
    if (!scanner.number(date.day, 1, 2) || !scanner.take(' '))
        return std::nullopt;
    const std::size_t afterDay = scanner.at();
    if (!scanner.number(date.year, 4, 4) || !scanner.take(' ')) {
        date.year = 0;
        scanner.back(afterDay);
    }
    if (!scanner.clock(date))
        return std::nullopt;

    const std::size_t afterClock = scanner.at();
    int year = 0;
    if (!date.year && scanner.take(' ') && scanner.number(year, 4, 4) && year >= 1970 && year < 2100 &&
        scanner.atEnd()) {
        date.year = year;
    } else {
        scanner.back(afterClock);
    }
    const std::size_t beforeZone = scanner.at();
    if (scanner.take(' ') && (scanner.take("UTC") || scanner.take("GMT") || scanner.take("Z")) && scanner.atEnd()) {
        date.zoneMinutes = 0;
    } else {
        scanner.back(beforeZone);
        if (!scanner.zone(date))
            scanner.back(beforeZone);
    }

    if (date.year) {
        const auto time = timeOf(date, received);
        return time ? std::optional(Found{*time, scanner.at()}) : std::nullopt;
    }
    // Without a year: the one that makes it nearest. Messages of New Year's Eve may arrive on New Year's Day, and
    // clocks are fast as well as slow.
    const auto today = std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(received)));
    const int thisYear = int(std::chrono::year_month_day(today).year());
    std::optional<Found> nearest;
    for (date.year = thisYear - 1; date.year <= thisYear + 1; ++date.year) {
        const auto time = timeOf(date, received);
        if (time && (!nearest || distance(*time, received) < distance(nearest->time, received)))
            nearest = Found{*time, scanner.at()};
    }
    return nearest;
}

std::optional<SyslogTime::Found> SyslogTime::readIso(std::string_view text, Nanoseconds received)
{
    Scanner scanner(text);
    Date date;
    if (!scanner.number(date.year, 4, 4) || !scanner.take('-') || !scanner.number(date.month, 2, 2) ||
        !scanner.take('-') || !scanner.number(date.day, 2, 2) || !scanner.takeAny("Tt ") || !scanner.clock(date))
        return std::nullopt;
    scanner.zone(date);
    const auto time = timeOf(date, received);
    return time ? std::optional(Found{*time, scanner.at()}) : std::nullopt;
}

std::optional<Nanoseconds> SyslogTime::timeOf(const Date &date, Nanoseconds received)
{
    // Outside of these years a time is no Nanoseconds. A minute may have a leap second.
    if (date.year < 1678 || date.year > 2261 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31 ||
        !isDate(date.year, date.month, date.day) || date.hour > 23 || date.minute > 59 || date.second > 60)
        return std::nullopt;
    std::int64_t seconds = 0;
    if (date.zoneMinutes) {
        seconds = dayNumber(date.year, date.month, date.day) * 86400 + date.hour * 3600 -
                  std::int64_t{*date.zoneMinutes} * 60;
    } else {
        const auto start = localHour(date, received);
        if (!start)
            return std::nullopt;
        seconds = *start;
    }
    return (seconds + date.minute * 60 + date.second) * nanosecondsPerSecond + date.nanoseconds;
}

std::optional<std::int64_t> SyslogTime::localHour(const Date &date, Nanoseconds received)
{
    const std::int64_t hour = ((date.year * 13LL + date.month) * 32 + date.day) * 24 + date.hour;
    if (hour == m_knownHour)
        return m_knownStart;

    // An hour that a change of clocks repeats means the one that is nearer; one that it skips is taken as the
    // system takes it.
    const std::int64_t now = received / nanosecondsPerSecond - date.minute * 60 - date.second;
    std::optional<std::int64_t> best;
    bool isRepeated = false;
    for (const int summer : {-1, 0, 1}) {
        std::tm parts{};
        parts.tm_year = date.year - 1900;
        parts.tm_mon = date.month - 1;
        parts.tm_mday = date.day;
        parts.tm_hour = date.hour;
        parts.tm_isdst = summer;
        const std::time_t made = std::mktime(&parts);
        if (made == std::time_t(-1))
            continue;
        const auto time = std::int64_t{made};
        const bool isSame = parts.tm_hour == date.hour && parts.tm_mday == date.day;
        isRepeated = isRepeated || (isSame && best && time != *best);
        if (!best || (isSame && distance(time, now) < distance(*best, now)))
            best = time;
    }
    if (best && !isRepeated) {
        m_knownHour = hour;
        m_knownStart = *best;
    }
    return best;
}

} // namespace sluice
