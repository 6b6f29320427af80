#include "capture/TimeGrid.h"

#include <algorithm>

namespace sluice {

namespace {

std::int64_t floorOf(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

Nanoseconds widthOf(const TimeSpan &span, std::int64_t buckets)
{
    return span.isEmpty()
               ? 1
               : static_cast<Nanoseconds>((span.length() - 1) / static_cast<std::uint64_t>(buckets)) + 1;
}

bool isNothing(const TimeHistogram::Counts &counts)
{
    return std::ranges::all_of(counts, [](std::uint32_t count) { return count == 0; });
}

} // namespace

TimeGrid::TimeGrid(const TimeSpan &within, std::int64_t buckets)
    : m_within(within), m_width(widthOf(within, buckets))
{
    m_share.width = m_width;
}

std::int64_t TimeGrid::bucketOf(Nanoseconds time) const { return floorOf(time, m_width); }

// Buckets begin at multiples of their width, so two of them make one of the next width.
void TimeGrid::coarsen()
{
    std::vector<Counts> coarse;
    const std::int64_t first = floorOf(m_first, 2);
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const auto to = static_cast<std::size_t>(floorOf(m_first + static_cast<std::int64_t>(i), 2) - first);
        if (to >= coarse.size())
            coarse.resize(to + 1);
        for (std::size_t severity = 0; severity < coarse[to].size(); ++severity)
            coarse[to][severity] += m_counts[i][severity];
    }
    m_counts = std::move(coarse);
    m_first = first;
    m_width *= 2;
}

TimeGrid::Counts &TimeGrid::at(std::int64_t bucket)
{
    if (m_counts.empty())
        m_first = bucket;
    if (bucket < m_first) {
        m_counts.insert(m_counts.begin(), static_cast<std::size_t>(m_first - bucket), Counts{});
        m_first = bucket;
    }
    const auto index = static_cast<std::size_t>(bucket - m_first);
    if (index >= m_counts.size())
        m_counts.resize(index + 1);
    return m_counts[index];
}

std::int64_t TimeGrid::fit(Nanoseconds time)
{
    while (!m_within && !m_counts.empty()) {
        const std::int64_t bucket = bucketOf(time);
        const std::int64_t last = m_first + static_cast<std::int64_t>(m_counts.size()) - 1;
        if (std::max(bucket, last) - std::min(bucket, m_first) < maxBuckets)
            break;
        coarsen();
    }
    return bucketOf(time);
}

void TimeGrid::cover(const TimeSpan &span)
{
    for (const Nanoseconds time : {span.begin, span.end})
        at(fit(time));
}

void TimeGrid::add(Nanoseconds created, Severity severity, std::uint32_t count)
{
    if (m_within && !m_within->contains(created))
        return;
    const std::int64_t bucket = fit(created);
    at(bucket)[static_cast<std::size_t>(severity)] += count;

    if (m_share.width != m_width) {
        // Cells of two widths do not mix: what was added at the old one becomes of the new one.
        for (Share::Cell &cell : m_share.cells)
            cell.bucket = floorOf(cell.bucket, m_width / m_share.width);
        m_share.width = m_width;
    }
    auto &last = m_lastCell[static_cast<std::size_t>(severity)];
    if (last && m_share.cells[*last].bucket == bucket) {
        m_share.cells[*last].count += count;
        return;
    }
    last = m_share.cells.size();
    m_share.cells.push_back({bucket, count, severity});
}

void TimeGrid::takeShare(Share &share)
{
    for (Share::Cell &cell : share.cells)
        cell.bucket = floorOf(cell.bucket, m_width / share.width);
    share.width = m_width;
    for (Share::Cell &cell : m_share.cells) {
        cell.bucket = floorOf(cell.bucket, m_width / m_share.width);
        share.cells.push_back(cell);
    }
    m_share.cells.clear();
    m_share.width = m_width;
    m_lastCell = {};
}

void TimeGrid::remove(const Share &share)
{
    for (const Share::Cell &cell : share.cells) {
        const std::int64_t bucket = floorOf(cell.bucket, m_width / share.width);
        m_counts[static_cast<std::size_t>(bucket - m_first)][static_cast<std::size_t>(cell.severity)] -=
            cell.count;
    }
    // A stream drops its oldest records: what stands empty would make the stretches grow.
    const auto some = std::ranges::find_if_not(m_counts, isNothing);
    m_first += some - m_counts.begin();
    m_counts.erase(m_counts.begin(), some);
    while (!m_counts.empty() && isNothing(m_counts.back()))
        m_counts.pop_back();
}

bool TimeGrid::isTooCoarse() const
{
    return !m_within && m_width > finest && m_counts.size() < static_cast<std::size_t>(maxBuckets / 16);
}

TimeHistogram TimeGrid::histogram() const
{
    const auto begin = std::ranges::find_if_not(m_counts, isNothing);
    auto end = m_counts.end();
    while (end != begin && isNothing(*(end - 1)))
        --end;
    return {(m_first + (begin - m_counts.begin())) * m_width, m_width, {begin, end}};
}

} // namespace sluice
