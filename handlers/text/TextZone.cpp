#include "text/TextZone.h"

#include <QDateTime>
#include <QTimeZone>

#include <chrono>
#include <ctime>
#include <string>

namespace sluice {

namespace {

constexpr Nanoseconds hour = 3600 * nanosecondsPerSecond;
constexpr Nanoseconds day = 24 * hour;

std::int64_t dayNumber(int year, int month, int dayOfMonth)
{
    using namespace std::chrono;
    return sys_days(year_month_day(std::chrono::year(year), std::chrono::month(unsigned(month)),
                                   std::chrono::day(unsigned(dayOfMonth))))
        .time_since_epoch()
        .count();
}

std::chrono::year_month_day dateOf(Nanoseconds time)
{
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(time)));
}

std::int64_t distance(std::int64_t a, std::int64_t b) { return a > b ? a - b : b - a; }

} // namespace

struct TextZone::Named
{
    QTimeZone zone;
};

TextZone::TextZone() = default;
TextZone::~TextZone() = default;

TextZone::TextZone(const TextZone &other)
    : m_fixedMinutes(other.m_fixedMinutes), m_named(other.m_named ? std::make_unique<Named>(*other.m_named) : nullptr)
{
}

TextZone &TextZone::operator=(const TextZone &other)
{
    if (this == &other)
        return *this;
    m_fixedMinutes = other.m_fixedMinutes;
    m_named = other.m_named ? std::make_unique<Named>(*other.m_named) : nullptr;
    for (KnownHour &known : m_known)
        known = {};
    return *this;
}

Result<TextZone> TextZone::create(std::string_view name)
{
    TextZone zone;
    if (name.empty() || name == "local")
        return zone;
    TimeParts parts;
    if (readZone(name, parts) == name.size() && name.front() != ' ') {
        zone.m_fixedMinutes = parts.zoneMinutes;
        return zone;
    }
    // QTimeZone alone would take any word for a rule of POSIX.
    const QByteArray id(name.data(), qsizetype(name.size()));
    const QTimeZone named(id);
    if (!named.isValid() || !QTimeZone::isTimeZoneIdAvailable(id))
        return Error{"There is no time zone \"" + std::string(name) + "\"; local, UTC, +02:00 or Europe/Berlin are."};
    zone.m_named = std::make_unique<Named>(Named{named});
    return zone;
}

std::optional<Nanoseconds> TextZone::timeOf(const TimeParts &parts, Nanoseconds reference)
{
    if (parts.year != 0)
        return timeWithYear(parts, reference);
    TimeParts dated = parts;
    if (parts.month == 0) {
        // The days around the reference, in whatever zone: one of them holds the last such time.
        std::optional<Nanoseconds> last;
        for (const int shift : {1, 0, -1, -2}) {
            const auto date = dateOf(reference + shift * day);
            dated.year = int(date.year());
            dated.month = int(unsigned(date.month()));
            dated.day = int(unsigned(date.day()));
            last = timeWithYear(dated, reference);
            if (last && *last <= reference + hour)
                return last;
        }
        return last;
    }
    dated.year = int(dateOf(reference).year());
    const auto yearFits = [&] { return dated.isValid(); };
    auto time = yearFits() ? timeWithYear(dated, reference) : std::nullopt;
    if (!time || *time > reference + 7 * day) {
        // A leap day may be some years back.
        for (int back = 0; back < 8; ++back) {
            --dated.year;
            if (yearFits())
                return timeWithYear(dated, reference);
        }
    } else if (*time < reference - 358 * day) {
        ++dated.year;
        if (yearFits()) {
            const auto next = timeWithYear(dated, reference);
            if (next && *next <= reference + 7 * day)
                return next;
        }
    }
    return time;
}

std::optional<Nanoseconds> TextZone::timeWithYear(const TimeParts &parts, Nanoseconds reference)
{
    std::int64_t seconds = 0;
    const int zone = parts.zoneMinutes != TimeParts::noZone ? parts.zoneMinutes
                                                            : m_fixedMinutes.value_or(TimeParts::noZone);
    if (zone != TimeParts::noZone) {
        seconds = dayNumber(parts.year, parts.month, parts.day) * 86400 + parts.hour * 3600 - std::int64_t{zone} * 60;
    } else {
        const auto start = hourStart(parts, reference);
        if (!start)
            return std::nullopt;
        seconds = *start;
    }
    return (seconds + parts.minute * 60 + parts.second) * nanosecondsPerSecond + parts.nanoseconds;
}

std::optional<std::int64_t> TextZone::hourStart(const TimeParts &parts, Nanoseconds reference)
{
    const std::int64_t number = ((parts.year * 13LL + parts.month) * 32 + parts.day) * 24 + parts.hour;
    KnownHour &known = m_known[number % 4];
    if (known.hour == number)
        return known.start;
    const std::int64_t near = reference / nanosecondsPerSecond - parts.minute * 60 - parts.second;
    bool isRepeated = false;
    const auto start = m_named ? namedHour(parts, near, isRepeated) : systemHour(parts, near, isRepeated);
    if (start && !isRepeated)
        known = {number, *start};
    return start;
}

std::optional<std::int64_t> TextZone::systemHour(const TimeParts &parts, std::int64_t near, bool &isRepeated) const
{
    std::optional<std::int64_t> best;
    for (const int summer : {-1, 0, 1}) {
        std::tm broken{};
        broken.tm_year = parts.year - 1900;
        broken.tm_mon = parts.month - 1;
        broken.tm_mday = parts.day;
        broken.tm_hour = parts.hour;
        broken.tm_isdst = summer;
        const std::time_t made = std::mktime(&broken);
        if (made == std::time_t(-1))
            continue;
        const auto time = std::int64_t{made};
        const bool isSame = broken.tm_hour == parts.hour && broken.tm_mday == parts.day;
        isRepeated = isRepeated || (isSame && best && time != *best);
        if (!best || (isSame && distance(time, near) < distance(*best, near)))
            best = time;
    }
    return best;
}

std::optional<std::int64_t> TextZone::namedHour(const TimeParts &parts, std::int64_t near, bool &isRepeated) const
{
    const QDateTime asked(QDate(parts.year, parts.month, parts.day), QTime(parts.hour, 0), m_named->zone);
    const std::int64_t found = asked.toSecsSinceEpoch();
    std::int64_t best = found;
    for (const std::int64_t shift : {-3600, 3600}) {
        const QDateTime other = QDateTime::fromSecsSinceEpoch(found + shift, m_named->zone);
        if (other.date() == asked.date() && other.time() == asked.time()) {
            isRepeated = true;
            if (distance(found + shift, near) < distance(best, near))
                best = found + shift;
        }
    }
    return best;
}

} // namespace sluice
