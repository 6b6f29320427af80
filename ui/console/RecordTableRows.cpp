// Which rows a RecordTableModel has, and in which order; the rest of it stands in RecordTableModel.cpp.
#include "console/RecordTableModel.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sluice {

namespace {

/// What a table can number.
constexpr std::size_t maxRows = std::numeric_limits<int>::max();
/// Changes that views are told one by one.
constexpr std::size_t maxChanges = 256;

} // namespace

void RecordTableModel::setByTime(bool byTime)
{
    if (byTime == m_byTime)
        return;
    m_byTime = byTime;
    if (byTime) {
        m_sorter = std::make_unique<TimeSorter>([] {});
        m_sorterKnows = {};
        return;
    }
    m_sorter.reset();
    m_sorted.reset();
    if (!m_inTime)
        return;
    beginResetModel();
    m_inTime.reset();
    ++m_shownVersion;
    endResetModel();
    Q_EMIT refiltered();
}

bool RecordTableModel::isSorting() const
{
    return m_byTime &&
           (!m_inTime || m_inTimeGeneration != m_rowsGeneration || m_inTime->size() != m_rows.size());
}

bool RecordTableModel::isToCome(std::uint64_t row) const
{
    if (m_byTime && (!m_inTime || m_inTimeGeneration != m_rowsGeneration))
        return true;
    if (m_inTime && m_inTime->placeOf(row))
        return !m_inTime->find(row);
    return isSearching() && (m_rows.size() == 0 || m_rows.at(m_rows.size() - 1) < row);
}

const ShownRows &RecordTableModel::shown() const
{
    if (m_inTime)
        return *m_inTime;
    if (!m_asTheyCame)
        m_asTheyCame.emplace(m_rows);
    return *m_asTheyCame;
}

std::uint64_t RecordTableModel::rowInTime(std::size_t index) const
{
    if (m_change && index >= m_change->split)
        return m_change->before.at(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(index) - m_change->shift));
    return m_inTime->at(index);
}

void RecordTableModel::beginRows(std::size_t first, std::size_t count)
{
    if (!m_inTime)
        beginInsertRows({}, static_cast<int>(first), static_cast<int>(first + count - 1));
}

void RecordTableModel::endRows()
{
    m_asTheyCame.reset();
    if (m_inTime)
        return;
    ++m_shownVersion;
    endInsertRows();
}

void RecordTableModel::beginAnew()
{
    ++m_rowsGeneration;
    if (!m_inTime)
        beginResetModel();
}

void RecordTableModel::endAnew()
{
    m_waiting.clear();
    m_resetDue = false;
    m_asTheyCame.reset();
    if (m_inTime)
        return;
    ++m_shownVersion;
    endResetModel();
}

bool RecordTableModel::refresh()
{
    evictAndTake(m_capture->snapshot());
    if (std::exchange(m_missed, false) && rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    const bool more = refreshRows();
    if (!m_byTime)
        return more;
    takeSorted();
    return more || isSorting();
}

bool RecordTableModel::refreshRows()
{
    if (!m_filter.isEmpty()) {
        m_search.advance(m_snapshot.endRow());
        return takeFound();
    }
    const bool wasReset = m_resetDue;
    if (wasReset) {
        beginAnew();
        m_rows = RowList::range(m_snapshot.firstRow());
        m_rows.extendTo(std::min(m_snapshot.endRow(), m_snapshot.firstRow() + maxRows));
        endAnew();
    } else if (!m_frozen) {
        takeRange(m_snapshot.endRow());
    }
    m_passed = m_snapshot.endRow();
    if (wasReset && !m_inTime)
        Q_EMIT refiltered();
    return false;
}

void RecordTableModel::evictAndTake(CaptureSnapshot snapshot)
{
    const std::uint64_t first = snapshot.firstRow();
    m_waiting.erase(m_waiting.begin(), std::ranges::lower_bound(m_waiting, first));
    const auto gone = static_cast<int>(m_rows.countBelow(first));
    m_asTheyCame.reset();
    if (m_inTime || gone == 0) {
        if (m_inTime)
            evictInTime(snapshot);
        m_snapshot = std::move(snapshot);
        m_rows.removeBelow(first);
        return;
    }
    // Whoever looks at the rows while they go still finds them in the snapshot of before.
    Q_EMIT evicting(gone);
    beginRemoveRows({}, 0, gone - 1);
    m_snapshot = std::move(snapshot);
    m_rows.removeBelow(first);
    ++m_shownVersion;
    endRemoveRows();
    Q_EMIT evicted(gone);
}

void RecordTableModel::evictInTime(const CaptureSnapshot &snapshot)
{
    RowList rows = m_inTime->rows();
    rows.removeBelow(snapshot.firstRow());
    const std::vector<TimeOrder::Range> gone = m_inTime->order()->rangesBelow(rows.firstPlace());
    TimeOrder order = *m_inTime->order();
    order.removeBelow(rows.firstPlace());
    ShownRows now(std::move(rows), std::move(order));
    ++m_shownVersion;
    if (gone.empty()) {
        m_inTime = std::move(now);
        return;
    }
    Q_EMIT rearranging(snapshot.firstRow());
    if (gone.size() > maxChanges) {
        layOut(std::move(now));
    } else {
        m_change = Change{*std::exchange(m_inTime, std::move(now)), 0, 0};
        for (const TimeOrder::Range &range : gone) {
            const auto first = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(range.begin) + m_change->shift);
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(first + range.count - 1));
            m_change->split = first;
            m_change->shift -= static_cast<std::ptrdiff_t>(range.count);
            endRemoveRows();
        }
        m_change.reset();
    }
    Q_EMIT rearranged();
}

void RecordTableModel::takeSorted()
{
    if (const Known now{m_rowsGeneration, m_rows.firstPlace(), m_rows.size()}; now != m_sorterKnows) {
        m_sorterKnows = now;
        m_sorter->show(m_snapshot, m_rows, m_rowsGeneration);
    }
    std::shared_ptr<const TimeSorter::Moment> moment = m_sorter->moment();
    if (!moment || moment == m_sorted || moment->generation != m_rowsGeneration)
        return;
    m_sorted = moment;
    // What went since it was sorted goes at once.
    RowList rows = moment->rows;
    rows.removeBelow(m_snapshot.firstRow());
    TimeOrder order = moment->order;
    order.removeBelow(rows.firstPlace());
    ShownRows now(std::move(rows), std::move(order));
    ++m_shownVersion;
    if (m_inTime && m_inTimeGeneration == m_rowsGeneration) {
        insertSorted(std::move(now));
        return;
    }
    beginResetModel();
    m_inTime = std::move(now);
    m_inTimeGeneration = m_rowsGeneration;
    endResetModel();
    Q_EMIT refiltered();
}

void RecordTableModel::insertSorted(ShownRows now)
{
    const std::vector<TimeOrder::Range> come = now.order()->insertedSince(*m_inTime->order());
    if (come.empty()) {
        m_inTime = std::move(now);
        return;
    }
    Q_EMIT rearranging(m_snapshot.firstRow());
    if (come.size() > maxChanges) {
        layOut(std::move(now));
    } else {
        m_change = Change{*std::exchange(m_inTime, std::move(now)), 0, 0};
        for (const TimeOrder::Range &range : come) {
            beginInsertRows({}, static_cast<int>(range.begin), static_cast<int>(range.begin + range.count - 1));
            m_change->split = range.begin + range.count;
            m_change->shift += static_cast<std::ptrdiff_t>(range.count);
            endInsertRows();
        }
        m_change.reset();
    }
    Q_EMIT rearranged();
}

void RecordTableModel::layOut(ShownRows now)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint64_t> rows;
    for (const QModelIndex &index : before)
        rows.push_back(rowNumber(index.row()));
    m_inTime = std::move(now);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto at = m_inTime->find(rows[static_cast<std::size_t>(i)]);
        after.push_back(at ? index(static_cast<int>(*at), before[i].column()) : QModelIndex());
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void RecordTableModel::takeRange(std::uint64_t end)
{
    const std::size_t have = m_rows.size();
    const std::uint64_t begin = have ? m_rows.at(have - 1) + 1 : m_snapshot.firstRow();
    end = std::min<std::uint64_t>(end, begin + (maxRows - have));
    if (end <= begin)
        return;
    if (!have) {
        ++m_rowsGeneration;
        m_rows = RowList::range(begin);
    }
    beginRows(have, static_cast<std::size_t>(end - begin));
    m_rows.extendTo(end);
    endRows();
}

bool RecordTableModel::takeFound()
{
    CaptureSearch::Found found = m_search.take();
    if (found.generation != m_generation)
        return true;
    m_searchedTo = found.searchedTo;
    found.rows.erase(found.rows.begin(), std::ranges::lower_bound(found.rows, m_snapshot.firstRow()));
    bool wasReset = false;
    if (m_resetDue) {
        // The rows of the filter before stay until this one has something to show, or nothing at all.
        if (found.rows.empty() && isSearching())
            return true;
        beginAnew();
        m_rows = RowList::list();
        m_rows.append(found.rows);
        m_passed = found.rows.size();
        endAnew();
        wasReset = true;
    } else if (!found.rows.empty()) {
        m_passed += found.rows.size();
        m_waiting.insert(m_waiting.end(), found.rows.begin(), found.rows.end());
    }
    if (!m_frozen && !m_waiting.empty()) {
        const std::size_t have = m_rows.size();
        m_waiting.resize(std::min(m_waiting.size(), maxRows - have));
        beginRows(have, m_waiting.size());
        m_rows.append(m_waiting);
        m_waiting.clear();
        endRows();
    }
    if (wasReset && !m_inTime)
        Q_EMIT refiltered();
    return isSearching();
}

} // namespace sluice
