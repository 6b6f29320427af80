#pragma once

#include "base/Clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// A time as people write it in an expression: `14:03`, `2026-11-21`, `2026-11-21 14:03:05.5`, with `Z` or
/// `+02:00` behind it, `today`, `yesterday`, `now`, `now-5m`, or seconds since the epoch.
/// Without a date it is a time of each day; without a zone it is the local one.
struct ExpressionTime
{
    enum class Kind : std::uint8_t { Clock, Date, Now, Today };

    /// A span of time: what a written time covers, a minute for 14:03.
    struct Span
    {
        Nanoseconds begin = 0;
        Nanoseconds end = 0; ///< the first moment behind it
        /// Where comparisons up to it, with it included, end: behind a whole day, else at its first moment.
        Nanoseconds last = 0;
    };

    Kind kind = Kind::Date;
    std::int64_t day = 0;         ///< Date: days since 1970-01-01. Today: days from today
    bool hasClock = false;        ///< Date and Today: a time of day is said
    Nanoseconds clock = 0;        ///< of the day; Now: how far from it
    Nanoseconds precision = 0;    ///< what the last digit stands for
    std::optional<int> zone;      ///< minutes ahead of UTC; none: local

    static std::optional<ExpressionTime> parse(std::string_view text);
    static ExpressionTime fromEpoch(Nanoseconds time);
    std::string print() const;

    bool isTimeOfDay() const { return kind == Kind::Clock; }
    /// Of a time of day, in nanoseconds since midnight; of all others, since the epoch.
    Span span(Nanoseconds now) const;

    bool operator==(const ExpressionTime &) const = default;
};

/// Nanoseconds since local midnight. Remembers the zone's offset, which is slow to ask for. For one thread.
class LocalClock
{
public:
    Nanoseconds timeOfDay(Nanoseconds time);
    /// When the local clock shows that time of a day (days since 1970-01-01).
    Nanoseconds atLocal(std::int64_t day, Nanoseconds clock);
    /// The local day of a time.
    std::int64_t dayOf(Nanoseconds time);

private:
    Nanoseconds offset(Nanoseconds time);

    std::int64_t m_quarter = INT64_MIN; ///< of an hour, for which m_offset is right: zones change at none smaller
    Nanoseconds m_offset = 0;
};

} // namespace sluice
