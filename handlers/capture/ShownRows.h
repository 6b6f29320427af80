#pragma once

#include "capture/RowList.h"
#include "capture/TimeOrder.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace sluice {

/// The rows that a view shows in the order in which it shows them: as they came, or by time. A plain value, cheap to
/// copy; a copy may be read by another thread while the view goes on.
class ShownRows
{
public:
    explicit ShownRows(RowList rows = RowList::list()) : m_rows(std::move(rows)) {}
    /// Places of the order are those of `rows`, which may have more.
    ShownRows(RowList rows, TimeOrder order) : m_rows(std::move(rows)), m_order(std::move(order)) {}

    /// As they came.
    const RowList &rows() const { return m_rows; }
    /// By time; null if it is as they came.
    const TimeOrder *order() const { return m_order ? &*m_order : nullptr; }

    std::size_t size() const { return m_order ? m_order->size() : m_rows.size(); }
    std::uint64_t at(std::size_t index) const { return m_order ? rowAt(m_order->at(index)) : m_rows.at(index); }
    std::uint64_t rowAt(std::uint64_t place) const
    {
        return m_rows.at(static_cast<std::size_t>(place - m_rows.firstPlace()));
    }
    /// The place of a row among those as they came; none if it is not among them.
    std::optional<std::uint64_t> placeOf(std::uint64_t row) const
    {
        const std::size_t index = m_rows.countBelow(row);
        return index < m_rows.size() && m_rows.at(index) == row ? std::optional(m_rows.firstPlace() + index)
                                                                : std::nullopt;
    }
    /// Where a row stands; none if it is not shown.
    std::optional<std::size_t> find(std::uint64_t row) const
    {
        const auto place = placeOf(row);
        return !place ? std::nullopt
               : m_order ? m_order->find(*place)
                         : std::optional(static_cast<std::size_t>(*place - m_rows.firstPlace()));
    }
    /// Where a row stands, or the next one that came behind it.
    std::size_t nearest(std::uint64_t row) const
    {
        const std::size_t index = m_rows.countBelow(row);
        return m_order ? m_order->find(m_rows.firstPlace() + index).value_or(m_order->size()) : index;
    }

private:
    RowList m_rows;
    std::optional<TimeOrder> m_order;
};

} // namespace sluice
