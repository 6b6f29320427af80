#include "console/RecordTableModel.h"

#include "base/TimeSpan.h"
#include "console/Words.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

/// A table shows no more of a line than this.
constexpr std::size_t maxLineBytes = 2048;

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

std::optional<RowView> RecordTableModel::view(int index) const
{
    std::optional<RowView> row = m_snapshot.tryView(rowNumber(index));
    m_missed = m_missed || !row;
    return row;
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    if (m_change)
        return static_cast<int>(static_cast<std::ptrdiff_t>(m_change->before.size()) + m_change->shift);
    return static_cast<int>(m_inTime ? m_inTime->size() : m_rows.size());
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

void RecordTableModel::setColumns(std::vector<ViewColumn> columns)
{
    const auto numberFields = [&] {
        std::vector<QString> fields;
        m_fieldOfColumn.clear();
        for (const ViewColumn &column : m_columns) {
            m_fieldOfColumn.push_back(fields.size());
            if (column.kind() == ViewColumn::Kind::Field)
                fields.push_back(column.field);
        }
        m_cells.setFields(std::move(fields));
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int to = static_cast<int>(i);
        const auto rest = m_columns.begin() + static_cast<std::ptrdiff_t>(std::min(i, m_columns.size()));
        const auto found = std::find_if(rest, m_columns.end(), [&](const ViewColumn &column) {
            return column.field == columns[i].field;
        });
        if (found == m_columns.end()) {
            beginInsertColumns({}, to, to);
            m_columns.insert(rest, columns[i]);
            numberFields();
            endInsertColumns();
        } else if (found != rest) {
            const int from = static_cast<int>(found - m_columns.begin());
            beginMoveColumns({}, from, from, {}, to);
            std::rotate(rest, found, found + 1);
            numberFields();
            endMoveColumns();
        }
    }
    if (m_columns.size() > columns.size()) {
        beginRemoveColumns({}, static_cast<int>(columns.size()), static_cast<int>(m_columns.size()) - 1);
        m_columns.resize(columns.size());
        numberFields();
        endRemoveColumns();
    }
    m_columns = std::move(columns);
}

void RecordTableModel::setTimeFormat(const TimeFormat &format) { m_timeFormat = format; }

void RecordTableModel::setReference(std::optional<std::uint64_t> row)
{
    // Its time is kept, so that the differences stay when the capture lets the record go.
    if (row) {
        const auto columns = m_snapshot.contains(*row) ? m_snapshot.tryColumns(*row) : std::nullopt;
        if (!columns)
            return;
        m_referenceTime = columns->created;
    }
    m_reference = row;
}

QString RecordTableModel::timeText(int index, Nanoseconds created) const
{
    switch (m_timeFormat.kind) {
    case TimeFormat::Kind::Clock:
        break;
    case TimeFormat::Kind::Ago:
        return words::ago(created, wallClock());
    case TimeFormat::Kind::SincePrevious:
        if (index == 0)
            return QStringLiteral("–");
        if (const std::optional<RowView> above = view(index - 1))
            return words::difference(timeSpan(above->created, created), m_timeFormat.digits);
        return QStringLiteral("…");
    case TimeFormat::Kind::SinceReference:
        if (m_reference)
            return words::difference(timeSpan(m_referenceTime, created), m_timeFormat.digits);
        break;
    }
    return words::clockTime(created, m_timeFormat);
}

QString RecordTableModel::cellText(int index, int column) const
{
    const ViewColumn::Kind kind = this->column(column).kind();
    const std::optional<RowView> row = view(index);
    if (!row)
        return kind == ViewColumn::Kind::Message ? QStringLiteral("…") : QString();
    switch (kind) {
    case ViewColumn::Kind::Time:
        return timeText(index, row->created);
    case ViewColumn::Kind::Level:
        return words::fromUtf8(row->levelname, maxLineBytes);
    case ViewColumn::Kind::Logger:
        return words::fromUtf8(row->logger, maxLineBytes);
    case ViewColumn::Kind::Message:
        return words::fromUtf8(words::firstLine(row->message), maxLineBytes);
    case ViewColumn::Kind::Field:
        break;
    }
    return m_cells.text(m_snapshot, rowNumber(index), m_fieldOfColumn[static_cast<std::size_t>(column)]);
}

std::size_t RecordTableModel::furtherLines(int index) const
{
    const std::optional<RowView> row = view(index);
    return row ? std::max<std::size_t>(words::lineCount(row->message), 1) - 1 + words::lineCount(row->exception) : 0;
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cellText(index.row(), index.column());
    case Qt::ToolTipRole: {
        const std::optional<RowView> row = view(index.row());
        if (!row)
            return {};
        switch (column(index.column()).kind()) {
        case ViewColumn::Kind::Time:
            return words::fullTime(row->created);
        case ViewColumn::Kind::Level:
            return QStringLiteral("%1 (%2)")
                .arg(cellText(index.row(), index.column()))
                .arg(row->levelno);
        default:
            return {};
        }
    }
    case SeverityRole: {
        const std::optional<RowView> row = view(index.row());
        return row ? static_cast<int>(severityOf(row->levelno)) : QVariant();
    }
    case FurtherLinesRole:
        return static_cast<qulonglong>(furtherLines(index.row()));
    default:
        return {};
    }
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const ViewColumn &shown = column(section);
    if (shown.kind() != ViewColumn::Kind::Time)
        return shown.title();
    switch (m_timeFormat.kind) {
    case TimeFormat::Kind::Clock:
        break;
    case TimeFormat::Kind::Ago:
        return tr("Age");
    case TimeFormat::Kind::SincePrevious:
        return tr("Since row above");
    case TimeFormat::Kind::SinceReference:
        if (m_reference)
            return tr("Since reference");
        break;
    }
    return m_timeFormat.zone.isEmpty()
               ? shown.title()
               : QStringLiteral("%1 (%2)").arg(shown.title(), QString::fromLatin1(m_timeFormat.zone));
}

} // namespace sluice
