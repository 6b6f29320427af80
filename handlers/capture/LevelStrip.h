#pragma once

#include "capture/Severity.h"

#include <cstdint>
#include <vector>

namespace sluice {

/// Where in a list of rows there are warnings and worse, told by a bounded number of stretches of equal
/// length that double as the list grows. Places are RowList's: they stay when rows in front are removed. A
/// plain value.
class LevelStrip
{
public:
    static constexpr std::uint64_t maxStretches = 8192;

    /// Behind all others so far.
    void add(std::uint64_t place, Severity severity);
    void removeBelow(std::uint64_t place);

    /// The worst in the stretches that have a part of [begin, end): Warning or above; Debug if there is
    /// nothing of note.
    Severity worst(std::uint64_t begin, std::uint64_t end) const;

private:
    void coarsen();

    unsigned m_shift = 0;      ///< a stretch is 2^m_shift places
    std::uint64_t m_first = 0; ///< number of the first stretch
    std::vector<Severity> m_worst;
};

} // namespace sluice
