#include "console/RowList.h"

#include <algorithm>

namespace sluice {

RowList RowList::range(std::uint64_t first)
{
    RowList list;
    list.m_first = list.m_end = first;
    return list;
}

RowList RowList::list()
{
    RowList list;
    list.m_isRange = false;
    return list;
}

std::size_t RowList::countBelow(std::uint64_t row) const
{
    if (m_isRange)
        return static_cast<std::size_t>(std::clamp(row, m_first, m_end) - m_first);
    const auto begin = m_rows.begin() + static_cast<std::ptrdiff_t>(m_head);
    return static_cast<std::size_t>(std::lower_bound(begin, m_rows.end(), row) - begin);
}

void RowList::removeBelow(std::uint64_t row)
{
    if (m_isRange) {
        m_first = std::max(m_first, row);
        m_end = std::max(m_end, m_first);
        return;
    }
    m_head += countBelow(row);
    if (m_head > m_rows.size() / 2) {
        m_rows.erase(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_head));
        m_head = 0;
    }
}

} // namespace sluice
