#include "console/RecordTableModel.h"

#include "console/Words.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sluice {

namespace {

/// A table shows no more of a line than this.
constexpr std::size_t maxLineBytes = 2048;
/// What a table can number.
constexpr std::size_t maxRows = std::numeric_limits<int>::max();

} // namespace

RecordTableModel::RecordTableModel(std::shared_ptr<const RecordStore> capture, QObject *parent)
    : QAbstractTableModel(parent), m_capture(capture), m_search(std::move(capture)),
      m_snapshot(m_capture->snapshot()), m_rows(RowList::range(m_snapshot.firstRow()))
{
}

void RecordTableModel::setFilter(CaptureFilter filter)
{
    if (filter == m_filter)
        return;
    m_filter = std::move(filter);
    // The old search is ended even if the new filter needs none.
    m_generation = m_search.setFilter(m_filter);
    m_resetDue = true;
}

void RecordTableModel::setFrozen(bool frozen) { m_frozen = frozen; }

bool RecordTableModel::isSearching() const
{
    return !m_filter.isEmpty() && m_searchedTo < m_snapshot.endRow();
}

bool RecordTableModel::isShown(std::uint64_t row) const
{
    const std::size_t index = m_rows.countBelow(row);
    return index < m_rows.size() && m_rows.at(index) == row;
}

std::optional<RowView> RecordTableModel::view(int index) const
{
    std::optional<RowView> row = m_snapshot.tryView(rowNumber(index));
    m_missed = m_missed || !row;
    return row;
}

bool RecordTableModel::refresh()
{
    evictAndTake(m_capture->snapshot());
    if (std::exchange(m_missed, false) && m_rows.size() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    if (!m_filter.isEmpty()) {
        m_search.advance(m_snapshot.endRow());
        return takeFound();
    }
    const bool wasReset = m_resetDue;
    if (wasReset) {
        beginResetModel();
        m_rows = RowList::range(m_snapshot.firstRow());
        m_rows.extendTo(std::min(m_snapshot.endRow(), m_snapshot.firstRow() + maxRows));
        m_waiting.clear();
        m_resetDue = false;
        endResetModel();
    } else if (!m_frozen) {
        takeRange(m_snapshot.endRow());
    }
    m_passed = m_snapshot.endRow();
    if (wasReset)
        Q_EMIT refiltered();
    return false;
}

void RecordTableModel::evictAndTake(CaptureSnapshot snapshot)
{
    const std::uint64_t first = snapshot.firstRow();
    m_waiting.erase(m_waiting.begin(), std::ranges::lower_bound(m_waiting, first));
    const auto gone = static_cast<int>(m_rows.countBelow(first));
    if (gone == 0) {
        m_snapshot = std::move(snapshot);
        m_rows.removeBelow(first);
        return;
    }
    // Whoever looks at the rows while they go still finds them in the snapshot of before.
    Q_EMIT evicting(gone);
    beginRemoveRows({}, 0, gone - 1);
    m_snapshot = std::move(snapshot);
    m_rows.removeBelow(first);
    endRemoveRows();
    Q_EMIT evicted(gone);
}

void RecordTableModel::takeRange(std::uint64_t end)
{
    const std::size_t have = m_rows.size();
    const std::uint64_t begin = have ? m_rows.at(have - 1) + 1 : m_snapshot.firstRow();
    end = std::min<std::uint64_t>(end, begin + (maxRows - have));
    if (end <= begin)
        return;
    if (!have)
        m_rows = RowList::range(begin);
    beginInsertRows({}, static_cast<int>(have), static_cast<int>(have + (end - begin) - 1));
    m_rows.extendTo(end);
    endInsertRows();
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
        beginResetModel();
        m_rows = RowList::list();
        m_rows.append(found.rows);
        m_waiting.clear();
        m_passed = found.rows.size();
        m_resetDue = false;
        endResetModel();
        wasReset = true;
    } else if (!found.rows.empty()) {
        m_passed += found.rows.size();
        m_waiting.insert(m_waiting.end(), found.rows.begin(), found.rows.end());
    }
    if (!m_frozen && !m_waiting.empty()) {
        const std::size_t have = m_rows.size();
        m_waiting.resize(std::min(m_waiting.size(), maxRows - have));
        beginInsertRows({}, static_cast<int>(have), static_cast<int>(have + m_waiting.size() - 1));
        m_rows.append(m_waiting);
        m_waiting.clear();
        endInsertRows();
    }
    if (wasReset)
        Q_EMIT refiltered();
    return isSearching();
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RecordTableModel::cellText(const QModelIndex &index) const
{
    const std::optional<RowView> row = view(index.row());
    if (!row)
        return index.column() == MessageColumn ? QStringLiteral("…") : QString();
    switch (index.column()) {
    case TimeColumn:
        return words::timeOfDay(row->created);
    case LevelColumn:
        return words::fromUtf8(row->levelname, maxLineBytes);
    case NameColumn:
        return words::fromUtf8(row->logger, maxLineBytes);
    case MessageColumn:
        return words::fromUtf8(words::firstLine(row->message), maxLineBytes);
    default:
        return {};
    }
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index);
    case Qt::ToolTipRole: {
        const std::optional<RowView> row = view(index.row());
        if (row && index.column() == TimeColumn)
            return words::fullTime(row->created);
        if (row && index.column() == LevelColumn)
            return QStringLiteral("%1 (%2)").arg(cellText(index)).arg(row->levelno);
        return {};
    }
    case Qt::AccessibleTextRole:
        return cellText(index);
    case SeverityRole: {
        const std::optional<RowView> row = view(index.row());
        return row ? static_cast<int>(severityOf(row->levelno)) : QVariant();
    }
    case FurtherLinesRole: {
        const std::optional<RowView> row = view(index.row());
        const std::size_t lines = row ? words::lineCount(row->message) + words::lineCount(row->exception) : 0;
        return static_cast<qulonglong>(lines > 0 ? lines - 1 : 0);
    }
    default:
        return {};
    }
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case LevelColumn:
        return tr("Level");
    case NameColumn:
        return tr("Name");
    case MessageColumn:
        return tr("Message");
    default:
        return {};
    }
}

QString RecordTableModel::text(int index) const
{
    const RowView row = m_snapshot.view(rowNumber(index));
    QString text = words::fullTime(row.created) + QLatin1Char(' ') + words::fromUtf8(row.levelname) +
                   QLatin1Char(' ') + words::fromUtf8(row.logger) + QStringLiteral(": ") +
                   words::fromUtf8(row.message);
    if (!row.exception.empty())
        text += QLatin1Char('\n') + words::fromUtf8(row.exception);
    return text;
}

} // namespace sluice
