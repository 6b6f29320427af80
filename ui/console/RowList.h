#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sluice {

/// The rows that a view shows, ascending: a range without gaps, which takes no memory, or a list.
class RowList
{
public:
    /// A range that begins at `first`, empty.
    static RowList range(std::uint64_t first);
    /// A list, empty.
    static RowList list();

    bool isRange() const { return m_isRange; }
    std::size_t size() const { return m_isRange ? m_end - m_first : m_rows.size() - m_head; }
    std::uint64_t at(std::size_t index) const { return m_isRange ? m_first + index : m_rows[m_head + index]; }

    /// How many there are below `row`: the place of it, or where it would stand.
    std::size_t countBelow(std::uint64_t row) const;

    /// Takes away those below `row`, which are the first.
    void removeBelow(std::uint64_t row);

    /// Of a range: its new end, not below the old.
    void extendTo(std::uint64_t end) { m_end = end; }
    /// Of a list: further rows, behind all others.
    void append(const std::vector<std::uint64_t> &rows)
    {
        m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    }

private:
    bool m_isRange = true;
    std::uint64_t m_first = 0;
    std::uint64_t m_end = 0;
    std::vector<std::uint64_t> m_rows;
    std::size_t m_head = 0; ///< those before have been removed
};

} // namespace sluice
