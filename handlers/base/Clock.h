#pragma once

#include <chrono>
#include <cstdint>

namespace sluice {

/// Nanoseconds since the Unix epoch, UTC, as everywhere in Sluice.
using Nanoseconds = std::int64_t;

inline constexpr Nanoseconds nanosecondsPerSecond = 1'000'000'000;

/// Python's float seconds, rounded to the nanosecond; exact both ways for the times of this
/// century, since a double there is coarser (238 ns) than what is rounded away.
inline Nanoseconds toNanoseconds(double seconds)
{
    constexpr double limit = 9.2e9; // year 2261, where int64 ends
    if (!(seconds > -limit && seconds < limit))
        return 0;
    const auto whole = static_cast<Nanoseconds>(seconds);
    const double rest = (seconds - static_cast<double>(whole)) * 1e9;
    return whole * nanosecondsPerSecond + static_cast<Nanoseconds>(rest < 0 ? rest - 0.5 : rest + 0.5);
}

inline double toSeconds(Nanoseconds time)
{
    const Nanoseconds whole = time / nanosecondsPerSecond;
    const Nanoseconds rest = time % nanosecondsPerSecond;
    return static_cast<double>(whole) + static_cast<double>(rest) / 1e9;
}

inline Nanoseconds wallClock()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace sluice
