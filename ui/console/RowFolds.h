#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace sluice {

/// The rows of a view that are unfolded, so that all their lines are seen. A few: the first ones fold again when
/// there would be too many.
class RowFolds
{
public:
    static constexpr std::size_t maxUnfolded = 200;

    bool isEmpty() const { return m_lines.empty(); }
    bool isUnfolded(std::uint64_t row) const { return m_lines.contains(row); }
    /// Lines behind the first; 0 if it is folded.
    std::size_t lines(std::uint64_t row) const
    {
        const auto found = m_lines.find(row);
        return found == m_lines.end() ? 0 : found->second;
    }

    void unfold(std::uint64_t row, std::size_t lines)
    {
        if (m_lines.size() == maxUnfolded && !m_lines.contains(row))
            m_lines.erase(m_lines.begin());
        m_lines[row] = lines;
    }
    void fold(std::uint64_t row) { m_lines.erase(row); }
    void removeBelow(std::uint64_t row) { m_lines.erase(m_lines.begin(), m_lines.lower_bound(row)); }
    void clear() { m_lines.clear(); }

private:
    std::map<std::uint64_t, std::size_t> m_lines;
};

} // namespace sluice
