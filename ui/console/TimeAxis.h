#pragma once

#include "capture/TimeSpan.h"

#include <QString>

#include <vector>

namespace sluice {

/// How a stretch of time is divided and lettered.
class TimeAxis
{
public:
    struct Tick
    {
        Nanoseconds time = 0;
        QString words;
    };

    /// Of `span` over so many pixels, with at least `apart` between two ticks.
    TimeAxis(const TimeSpan &span, int pixels, int apart);

    /// At whole seconds, minutes, hours and days of local time; at most pixels / apart + 1.
    const std::vector<Tick> &ticks() const { return m_ticks; }

    /// "14:03:05.250 – 14:03:05.500", with dates where they differ or are not today's.
    static QString inWords(const TimeSpan &span);

private:
    std::vector<Tick> m_ticks;
};

} // namespace sluice
