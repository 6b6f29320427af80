#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace sluice {

/// The rows that a view shows, ascending: a range without gaps, which takes no memory, or a list.
///
/// Cheap to copy, whatever its size: copies share the rows. A copy that was handed to another thread may be
/// read there while the original grows; only the original is appended to.
class RowList
{
public:
    /// A range that begins at `first`, empty.
    static RowList range(std::uint64_t first);
    /// A list, empty.
    static RowList list();

    bool isRange() const { return m_isRange; }
    std::size_t size() const { return static_cast<std::size_t>(m_end - m_first); }
    std::uint64_t at(std::size_t index) const
    {
        const std::uint64_t place = m_first + index;
        return m_isRange ? place : m_chunks[(place - m_origin) / chunkRows][place % chunkRows];
    }

    /// How many have been removed at the front since it began; of a range, where it begins. Places that count
    /// from there stay what they are when rows are removed.
    std::uint64_t firstPlace() const { return m_first; }

    /// How many there are below `row`: the place of it, or where it would stand.
    std::size_t countBelow(std::uint64_t row) const;

    /// Takes away those below `row`, which are the first.
    void removeBelow(std::uint64_t row);

    /// Of a range: its new end, not below the old.
    void extendTo(std::uint64_t end) { m_end = end; }
    /// Of a list: further rows, behind all others.
    void append(const std::vector<std::uint64_t> &rows);

private:
    static constexpr std::size_t chunkRows = 16 * 1024;
    using Chunk = std::shared_ptr<std::uint64_t[]>;

    bool m_isRange = true;
    std::uint64_t m_first = 0; ///< of a list: the place of the first one that has not been removed
    std::uint64_t m_end = 0;
    std::uint64_t m_origin = 0; ///< place of the first row of the first chunk
    std::vector<Chunk> m_chunks;
};

} // namespace sluice
