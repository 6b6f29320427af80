#pragma once

#include "capture/TimeHistogram.h"

#include <QCoreApplication>
#include <QRect>
#include <QString>

#include <functional>
#include <vector>

class QPainter;

namespace sluice {

/// The bars of a timeline: how many records of each level were made in stretches of equal length. It keeps what it was given last; where
/// a time stands is the timeline's affair. For the UI thread.
class TimelineBars
{
    Q_DECLARE_TR_FUNCTIONS(TimelineBars)

public:
    /// Of each, with the gap behind it.
    static constexpr int pixels = 4;

    struct Bar
    {
        TimeSpan span;
        TimeHistogram::Counts counts{};
    };

    /// What is known of a stretch, over so many pixels.
    void set(const TimeSpan &shown, const TimeHistogram &known, int width);
    /// Null where no record was made.
    const Bar *at(Nanoseconds time) const;
    /// When, how many, and of which levels.
    static QString inWords(const Bar &bar);
    /// `xOf`: where a time stands.
    void paint(QPainter &painter, const QRect &area, const std::function<int(Nanoseconds)> &xOf) const;

private:
    std::vector<Bar> m_bars; ///< without those that are empty
    std::uint64_t m_highest = 0;
};

} // namespace sluice
