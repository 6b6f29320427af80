#pragma once

#include "base/Clock.h"

#include <QByteArray>
#include <QString>

namespace sluice {

/// How a view writes the time of its records. A plain value.
struct TimeFormat
{
    enum class Kind {
        Clock,          ///< "14:03:05.123" in a zone
        Ago,            ///< "12 s ago"
        SincePrevious,  ///< difference from the row above
        SinceReference, ///< difference from a row that the reader chose
    };

    Kind kind = Kind::Clock;
    /// Of Clock: empty is the machine's own, else "UTC" or an IANA name ("Europe/Berlin").
    QByteArray zone;
    /// Of Clock: "2026-11-21 14:03:05.123".
    bool withDate = false;
    /// Digits below the second: 0, 3, 6 or 9.
    int digits = 3;

    bool operator==(const TimeFormat &) const = default;
};

namespace words {

/// The time of day in the format's zone, with the date if it wants it. An unknown zone is the machine's.
QString clockTime(Nanoseconds time, const TimeFormat &format);
/// "+0.012", "+1:02.345", "-26:00:01.000": sign, hours and minutes where there are any, seconds.
QString difference(Nanoseconds difference, int digits);
/// "now", "12 s ago", "5 min ago", "3 h ago", "2 d ago"; "in 5 s" for what is to come.
QString ago(Nanoseconds time, Nanoseconds now);

} // namespace words
} // namespace sluice
