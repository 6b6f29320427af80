#pragma once

#include "capture/TimeHistogram.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sluice {

/// Counts records into stretches of time while they come, in any order of their times. Its stretches double
/// whenever there would be too many of them, without looking at a record again; what was counted can be taken
/// away again. Not thread-safe.
class TimeGrid
{
public:
    static constexpr std::int64_t maxBuckets = 4096;
    static constexpr Nanoseconds finest = 1'000'000;

    /// What was added between two takeShare(), to be removed together.
    struct Share
    {
        struct Cell
        {
            std::int64_t bucket = 0; ///< in widths of the share, from the epoch
            std::uint32_t count = 0;
            Severity severity{};
        };
        Nanoseconds width = 0;
        std::vector<Cell> cells;
    };

    /// Over all times; begins with stretches of a millisecond.
    TimeGrid() = default;
    /// Within a span alone, with at most so many stretches, a nanosecond at least; others are not counted.
    TimeGrid(const TimeSpan &within, std::int64_t buckets);

    void add(Nanoseconds created, Severity severity, std::uint32_t count = 1);
    /// Makes room for times up to there, so that no later one makes the stretches coarser.
    void cover(const TimeSpan &span);
    /// Whether two times fall into the same stretch.
    bool isSame(Nanoseconds one, Nanoseconds other) const { return bucketOf(one) == bucketOf(other); }

    /// Adds what is cheaper to keep than to count again to `share`: of the same page of rows, for instance.
    void takeShare(Share &share);
    void remove(const Share &share);

    /// Whether its stretches have become so coarse for what is left in them that it is worth to count anew.
    bool isTooCoarse() const;

    /// From the first to the last stretch that has records; empty if there is none.
    TimeHistogram histogram() const;

private:
    using Counts = TimeHistogram::Counts;

    std::int64_t bucketOf(Nanoseconds time) const;
    Counts &at(std::int64_t bucket);
    void coarsen();
    /// Until a bucket of that time fits in; its number then.
    std::int64_t fit(Nanoseconds time);

    std::optional<TimeSpan> m_within;
    Nanoseconds m_width = finest;
    std::int64_t m_first = 0; ///< number of m_counts' first bucket, in widths from the epoch
    std::vector<Counts> m_counts;
    Share m_share;
    std::array<std::optional<std::size_t>, severityCount> m_lastCell; ///< in m_share
};

} // namespace sluice
