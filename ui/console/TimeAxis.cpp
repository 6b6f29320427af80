#include "console/TimeAxis.h"

#include <QDateTime>

#include <array>

namespace sluice {

namespace {

constexpr Nanoseconds millisecond = 1'000'000;
constexpr Nanoseconds second = nanosecondsPerSecond;
constexpr Nanoseconds minute = 60 * second;
constexpr Nanoseconds hour = 60 * minute;
constexpr Nanoseconds day = 24 * hour;
constexpr std::array steps = {
    1 * millisecond,  2 * millisecond,   5 * millisecond,   10 * millisecond, 20 * millisecond, 50 * millisecond,
    100 * millisecond, 200 * millisecond, 500 * millisecond, 1 * second,       2 * second,       5 * second,
    10 * second,      15 * second,       30 * second,       1 * minute,       2 * minute,       5 * minute,
    10 * minute,      15 * minute,       30 * minute,       1 * hour,         2 * hour,         3 * hour,
    6 * hour,         12 * hour,         1 * day,           2 * day,          7 * day,          30 * day,
    90 * day,         365 * day,         3650 * day,
};

QDateTime local(Nanoseconds time)
{
    const Nanoseconds milliseconds = time / millisecond - (time % millisecond < 0 ? 1 : 0);
    return QDateTime::fromMSecsSinceEpoch(milliseconds);
}

QString format(Nanoseconds step)
{
    if (step < second)
        return QStringLiteral("HH:mm:ss.zzz");
    if (step < minute)
        return QStringLiteral("HH:mm:ss");
    return step < day ? QStringLiteral("HH:mm") : QStringLiteral("yyyy-MM-dd");
}

} // namespace

TimeAxis::TimeAxis(const TimeSpan &span, int pixels, int apart)
{
    if (span.isEmpty() || pixels <= 0)
        return;
    const double perPixel = static_cast<double>(span.length()) / pixels;
    Nanoseconds step = steps.back();
    for (const Nanoseconds candidate : steps) {
        if (static_cast<double>(candidate) >= perPixel * apart) {
            step = candidate;
            break;
        }
    }
    // Ticks stand at round local times: an hour's zone must not shift those of a day.
    const Nanoseconds offset = local(span.begin).offsetFromUtc() * second;
    Nanoseconds tick = (span.begin + offset) / step * step - offset;
    const std::size_t most = static_cast<std::size_t>(pixels / std::max(1, apart)) + 1;
    for (; tick < span.end && m_ticks.size() < most; tick += step) {
        if (tick >= span.begin)
            m_ticks.push_back({tick, local(tick).toString(format(step))});
    }
}

QString TimeAxis::inWords(const TimeSpan &span)
{
    const QDateTime from = local(span.begin);
    const QDateTime to = local(span.end);
    const bool isToday = from.date() == QDate::currentDate() && to.date() == from.date();
    const bool isLong = span.length() > static_cast<std::uint64_t>(10 * minute);
    const QString clock = isLong ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm:ss.zzz");
    const QString whole = QStringLiteral("yyyy-MM-dd ") + clock;
    return QStringLiteral("%1 – %2").arg(from.toString(isToday ? clock : whole),
                                         to.toString(to.date() == from.date() ? clock : whole));
}

} // namespace sluice
