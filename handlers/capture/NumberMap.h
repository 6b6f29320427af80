#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace sluice {

/// What the numbers of loggers and sources in a frame are here, where they are others.
struct NumberMap
{
    using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>; ///< by the first

    Pairs loggers;
    Pairs sources;

    bool isIdentity() const { return loggers.empty() && sources.empty(); }

    static std::uint32_t look(const Pairs &pairs, std::uint32_t number)
    {
        const auto found = std::ranges::lower_bound(pairs, number, {}, &Pairs::value_type::first);
        return found != pairs.end() && found->first == number ? found->second : number;
    }
};

} // namespace sluice
