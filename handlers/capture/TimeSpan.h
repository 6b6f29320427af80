#pragma once

#include "base/Clock.h"

#include <cstdint>

namespace sluice {

/// From `begin` up to, and without, `end`.
struct TimeSpan
{
    Nanoseconds begin = 0;
    Nanoseconds end = 0;

    bool isEmpty() const { return end <= begin; }
    bool contains(Nanoseconds time) const { return time >= begin && time < end; }
    /// Of a span that is not empty. Unsigned: two times may lie further apart than a Nanoseconds holds.
    std::uint64_t length() const
    {
        return static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(begin);
    }
    bool operator==(const TimeSpan &) const = default;
};

} // namespace sluice
