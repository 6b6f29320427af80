#include "capture/TimeHistogram.h"

#include <algorithm>

namespace sluice {

TimeHistogram::Counts TimeHistogram::counts(const TimeSpan &span) const
{
    Counts sum{};
    if (isEmpty() || span.end <= begin)
        return sum;
    // The first bucket that begins at or behind a time.
    const auto bucketFrom = [this](Nanoseconds time) {
        if (time <= begin)
            return std::size_t{0};
        const std::uint64_t passed = static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(begin);
        const std::uint64_t bucket = (passed - 1) / static_cast<std::uint64_t>(width) + 1;
        return static_cast<std::size_t>(std::min<std::uint64_t>(bucket, buckets.size()));
    };
    for (std::size_t i = bucketFrom(span.begin), end = bucketFrom(span.end); i < end; ++i) {
        for (std::size_t severity = 0; severity < sum.size(); ++severity)
            sum[severity] += buckets[i][severity];
    }
    return sum;
}

std::uint64_t TimeHistogram::total() const
{
    std::uint64_t sum = 0;
    for (const Counts &counts : buckets) {
        for (const std::uint32_t count : counts)
            sum += count;
    }
    return sum;
}

} // namespace sluice
