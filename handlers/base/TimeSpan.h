#pragma once

#include "base/Clock.h"

#include <limits>

namespace sluice {

/// From one time to another; as far as it goes where they are more than 292 years apart, which times in what others sent may be.
inline Nanoseconds timeSpan(Nanoseconds from, Nanoseconds to)
{
    using Limits = std::numeric_limits<Nanoseconds>;
    if (from < 0 && to > Limits::max() + from)
        return Limits::max();
    if (from > 0 && to < Limits::min() + from)
        return Limits::min();
    return to - from;
}

} // namespace sluice
