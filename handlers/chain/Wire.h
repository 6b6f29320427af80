#pragma once

#include "handler/RecordQueue.h"

#include <cstddef>
#include <optional>
#include <string>

namespace sluice {

/// From an output of a node to the input of another.
struct Wire
{
    static constexpr std::size_t maxQueue = 10'000'000; ///< records

    std::string from;         ///< node id
    std::string port = "out"; ///< output of `from`
    std::string to;           ///< node id

    /// Of a wire to a node that waits for others: how many records may wait in its queue (which has the size of
    /// the largest of its wires), and what becomes of further ones.
    std::optional<std::size_t> queue;
    std::optional<WhenFull> whenFull;

    bool operator==(const Wire &) const = default;
    bool hasSameEnds(const Wire &other) const { return from == other.from && port == other.port && to == other.to; }
};

} // namespace sluice
