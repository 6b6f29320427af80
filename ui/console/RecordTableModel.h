#pragma once

#include "capture/CaptureSearch.h"
#include "capture/RecordStore.h"
#include "capture/RowList.h"
#include "console/RecordCells.h"
#include "console/TimeFormat.h"
#include "console/ViewColumn.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace sluice {

/// The rows of a capture that pass a filter, for a table. It changes in refresh() only: at most one removal
/// at the front and one insertion at the end each time, or a reset when a new filter has found its first
/// rows.
class RecordTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Where the columns of viewcolumns::standard() stand.
    enum StandardColumn { TimeColumn, LevelColumn, NameColumn, MessageColumn };
    enum Role { SeverityRole = Qt::UserRole, FurtherLinesRole };

    explicit RecordTableModel(std::shared_ptr<const RecordStore> capture, QObject *parent = nullptr);

    void setFilter(CaptureFilter filter);
    const CaptureFilter &filter() const { return m_filter; }

    /// Reads what the capture and the search have by now. True if there is more to come without the capture
    /// growing.
    bool refresh();

    /// While frozen, new rows are counted but not shown; the oldest still go when the capture lets them go.
    void setFrozen(bool frozen);
    bool isFrozen() const { return m_frozen; }

    /// Rows that passed the filter since it was set, shown or waiting: for "n new".
    std::uint64_t passed() const { return m_passed; }
    /// Whether the search has caught up with the capture.
    bool isSearching() const;

    std::uint64_t rowNumber(int index) const { return m_rows.at(static_cast<std::size_t>(index)); }
    /// Where a row is shown, or, if it is not, where it would be.
    int indexOf(std::uint64_t row) const { return static_cast<int>(m_rows.countBelow(row)); }
    bool isShown(std::uint64_t row) const;
    const std::shared_ptr<const RecordStore> &store() const { return m_capture; }
    const CaptureSnapshot &snapshot() const { return m_snapshot; }
    const RowList &rows() const { return m_rows; }
    /// Changes when rows() is another list than before, and not one that has grown or lost its front.
    std::uint64_t rowsGeneration() const { return m_rowsGeneration; }
    /// Nothing while the record is being read from the disk: its cells change when it is there.
    std::optional<RowView> view(int index) const;

    /// At least one. Columns that stay keep their selection; widths are the header's, not ours.
    void setColumns(std::vector<ViewColumn> columns);
    const std::vector<ViewColumn> &columns() const { return m_columns; }
    const ViewColumn &column(int column) const { return m_columns[static_cast<std::size_t>(column)]; }

    void setTimeFormat(const TimeFormat &format);
    const TimeFormat &timeFormat() const { return m_timeFormat; }
    /// The row that times are differences from; none before it is set.
    void setReference(std::optional<std::uint64_t> row);
    std::optional<std::uint64_t> reference() const { return m_reference; }

    /// What the cell shows: one line, and of long ones the beginning.
    QString cellText(int index, int column) const;
    /// Lines of message and traceback behind the first.
    std::size_t furtherLines(int index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Before and after rows at the front go.
    void evicting(int rows);
    void evicted(int rows);
    /// Another filter's rows are shown from now on.
    void refiltered();

private:
    /// Goes over to a newer snapshot: what it does not have any more goes at the front.
    void evictAndTake(CaptureSnapshot snapshot);
    void takeRange(std::uint64_t end);
    bool takeFound();
    QString timeText(int index, Nanoseconds created) const;

    const std::shared_ptr<const RecordStore> m_capture;
    CaptureSearch m_search;
    CaptureFilter m_filter;
    CaptureSnapshot m_snapshot;
    RowList m_rows;
    std::vector<std::uint64_t> m_waiting; ///< found while frozen
    std::uint64_t m_generation = 0;
    std::uint64_t m_rowsGeneration = 1;
    bool m_resetDue = false; ///< the rows shown are of the filter before
    std::uint64_t m_searchedTo = 0;
    std::uint64_t m_passed = 0;
    bool m_frozen = false;
    mutable bool m_missed = false; ///< a row was asked for that is still to be read

    std::vector<ViewColumn> m_columns = viewcolumns::standard();
    std::vector<std::size_t> m_fieldOfColumn; ///< number in m_cells, for columns of kind Field
    mutable RecordCells m_cells;
    TimeFormat m_timeFormat;
    std::optional<std::uint64_t> m_reference;
    Nanoseconds m_referenceTime = 0;
};

} // namespace sluice
