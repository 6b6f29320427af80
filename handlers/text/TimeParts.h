#pragma once

#include "base/Clock.h"

#include <cstddef>
#include <string_view>

namespace sluice {

/// What a text says of a time, before it is known which zone and which year it means.
struct TimeParts
{
    static constexpr int noZone = 1 << 20;

    int year = 0;  ///< 0: not said
    int month = 0; ///< 1 to 12; 0: no date said
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanoseconds = 0;
    int zoneMinutes = noZone; ///< east of UTC

    /// Whether a calendar and a clock have it. A minute may have a leap second.
    bool isValid() const;
};

/// Reads the dates and times that logs write, whatever their shape, from the beginning of `text`: how many bytes
/// it took, 0 if there is none.
///
///     2026-10-11 22:14:15,123      Python; T or _ between, . for the fraction, a zone behind; / for -
///     Oct 11 22:14:15              syslog, also with a year before or behind the clock, or a fraction
///     11/Oct/2026:22:14:15 +0200   web servers; with a space for the colon: Django
///     11-Oct-2026 22:14:15.123     Tomcat
///     Sun Oct 11 22:14:15.123 2026 ctime, Apache's error log
///     Sun, 11 Oct 2026 22:14:15 +0200
///     22:14:15.123                 a clock alone
std::size_t readTimeParts(std::string_view text, TimeParts &parts);

/// "Z", " UTC", "+02:00", " -0330", "+02" at the beginning of `text`, as bytes taken; 0 if there is none.
std::size_t readZone(std::string_view text, TimeParts &parts);

/// A clock, "hh:mm", "hh:mm:ss" and a fraction behind a point or comma; bytes taken, 0 if there is none.
std::size_t readClock(std::string_view text, TimeParts &parts);

/// Digits of a fraction of a second; bytes taken. What is finer than a nanosecond is dropped.
std::size_t readFraction(std::string_view text, TimeParts &parts);

/// The number (1 to 12) of an English month's short name at the beginning; 0 if there is none.
int monthAt(std::string_view text);
/// Whether an English day's short name stands at the beginning.
bool isWeekdayAt(std::string_view text);

/// Exactly `count` digits at `at`; -1 if they are not there.
int digitsAt(std::string_view text, std::size_t at, std::size_t count);

} // namespace sluice
