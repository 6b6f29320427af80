#include "capture/RowList.h"

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
    std::size_t begin = 0;
    std::size_t end = size();
    while (begin < end) {
        const std::size_t middle = begin + (end - begin) / 2;
        if (at(middle) < row)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

void RowList::removeBelow(std::uint64_t row)
{
    if (m_isRange) {
        m_first = std::max(m_first, row);
        m_end = std::max(m_end, m_first);
        return;
    }
    m_first += countBelow(row);
    const auto unused = static_cast<std::ptrdiff_t>((m_first - m_origin) / chunkRows);
    m_chunks.erase(m_chunks.begin(), m_chunks.begin() + unused);
    m_origin += static_cast<std::uint64_t>(unused) * chunkRows;
}

void RowList::append(const std::vector<std::uint64_t> &rows)
{
    for (std::size_t done = 0; done < rows.size();) {
        const std::size_t used = m_end % chunkRows;
        if (used == 0)
            m_chunks.push_back(std::make_shared_for_overwrite<std::uint64_t[]>(chunkRows));
        const std::size_t some = std::min(rows.size() - done, chunkRows - used);
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(done), some,
                    &m_chunks.back()[static_cast<std::ptrdiff_t>(used)]);
        m_end += some;
        done += some;
    }
}

} // namespace sluice
