#pragma once

#include "capture/Severity.h"
#include "capture/TimeSpan.h"

#include <array>
#include <cstdint>
#include <vector>

namespace sluice {

/// How many records of each severity fall into each of a row of stretches of time, all of one length. A plain
/// value.
struct TimeHistogram
{
    using Counts = std::array<std::uint32_t, severityCount>;

    Nanoseconds begin = 0; ///< of the first bucket
    Nanoseconds width = 0; ///< of each
    std::vector<Counts> buckets;

    bool isEmpty() const { return buckets.empty(); }
    /// From the beginning of the first bucket to the end of the last.
    TimeSpan span() const
    {
        return {begin, static_cast<Nanoseconds>(static_cast<std::uint64_t>(begin) +
                                                static_cast<std::uint64_t>(width) * buckets.size())};
    }

    /// Those of all buckets that begin within `span`: neighbouring spans count each bucket once.
    Counts counts(const TimeSpan &span) const;
    std::uint64_t total() const;
};

} // namespace sluice
