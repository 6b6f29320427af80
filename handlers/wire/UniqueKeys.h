#pragma once

#include "record/Value.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sluice {

/// Makes entries and members unique the way Python's dict and set do: 1, 1.0 and True are one key, a NaN
/// equals nothing. Keys that are containers are taken as unique. Sorts instead of hashing, so that no choice
/// of keys makes it slow. Reusable; not thread-safe.
class UniqueKeys
{
public:
    /// Of entries with equal keys the first keeps its place and gets the last one's value.
    /// Returns how many are left, at the front of the span.
    std::size_t uniteEntries(std::span<Field> entries);

    /// Of equal members the first stays. Returns how many are left.
    std::size_t uniteMembers(std::span<Value> members);

private:
    template<typename T>
    std::size_t unite(std::span<T> items);

    std::vector<std::uint32_t> m_order;
    std::vector<std::uint32_t> m_first;
};

} // namespace sluice
