#include "console/TimelineBars.h"

#include "console/TimeAxis.h"
#include "console/Words.h"
#include "look/Appearance.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sluice {

namespace {

constexpr int leastLevelPixels = 2; ///< one error among thousands is seen
constexpr Nanoseconds latest = 9'200'000'000'000'000'000;

std::uint64_t totalOf(const TimeHistogram::Counts &counts)
{
    std::uint64_t sum = 0;
    for (const std::uint32_t count : counts)
        sum += count;
    return sum;
}

} // namespace

void TimelineBars::set(const TimeSpan &shown, const TimeHistogram &known, int width)
{
    m_bars.clear();
    m_highest = 0;
    if (known.isEmpty() || shown.isEmpty())
        return;
    // Bars stand at multiples of their length, so that they do not change when the stretch goes on.
    const int columns = std::max(1, width / pixels);
    const auto least = static_cast<std::uint64_t>(known.width);
    const std::uint64_t wanted = std::max<std::uint64_t>(1, shown.length() / static_cast<unsigned>(columns));
    const auto length = static_cast<Nanoseconds>((wanted + least - 1) / least * least);
    const Nanoseconds rest = shown.begin % length;
    Nanoseconds begin = shown.begin - rest - (rest < 0 ? length : 0);
    // One bar more than columns, at either end.
    for (int i = 0; i < columns + 2 && begin < shown.end; ++i) {
        Bar bar{{begin, begin > std::numeric_limits<Nanoseconds>::max() - length ? latest : begin + length}, {}};
        bar.counts = known.counts(bar.span);
        if (const std::uint64_t total = totalOf(bar.counts)) {
            m_highest = std::max(m_highest, total);
            m_bars.push_back(bar);
        }
        begin = bar.span.end;
    }
}

const TimelineBars::Bar *TimelineBars::at(Nanoseconds time) const
{
    const auto found = std::ranges::find_if(m_bars, [time](const Bar &bar) { return bar.span.contains(time); });
    return found == m_bars.end() ? nullptr : &*found;
}

QString TimelineBars::inWords(const Bar &bar)
{
    QString words = TimeAxis::inWords(bar.span) + QLatin1Char('\n') +
                    words::counted(totalOf(bar.counts), tr("record"), tr("records"));
    for (int i = severityCount - 1; i >= 0; --i) {
        const auto severity = static_cast<Severity>(i);
        if (const std::uint32_t count = bar.counts[static_cast<std::size_t>(i)])
            words += QStringLiteral("\n%1  %2 %3").arg(words::levelLetter(severity)).arg(words::levelName(severity), words::count(count));
    }
    return words;
}

void TimelineBars::paint(QPainter &painter, const QRect &area, const std::function<int(Nanoseconds)> &xOf) const
{
    const Theme &theme = Appearance::theme();
    painter.save();
    painter.setClipRect(area);
    for (const Bar &bar : m_bars) {
        const int left = std::max(xOf(bar.span.begin), area.left() - pixels);
        const int right = std::min(xOf(bar.span.end), area.right() + pixels);
        const int barWidth = std::max(1, right - left - 1);
        int bottom = area.bottom() + 1;
        // By the square root: a burst would flatten everything else.
        const auto total = static_cast<double>(totalOf(bar.counts));
        const double height = area.height() * std::sqrt(total / static_cast<double>(m_highest));
        for (int i = severityCount - 1; i >= 0; --i) {
            const std::uint32_t count = bar.counts[static_cast<std::size_t>(i)];
            if (count == 0)
                continue;
            const int high = std::max(leastLevelPixels, static_cast<int>(height * count / total));
            painter.fillRect(QRect(left, bottom - high, barWidth, high), theme.bar(static_cast<Severity>(i)));
            bottom -= high;
        }
    }
    painter.restore();
}

} // namespace sluice
