#pragma once

#include "capture/CaptureSearch.h"
#include "capture/RecordStore.h"
#include "capture/ShownRows.h"
#include "capture/TimeSorter.h"
#include "console/RecordCells.h"
#include "console/TimeFormat.h"
#include "console/ViewColumn.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace sluice {

/// The rows of a capture that pass a filter, for a table, as they came or by time. It changes in refresh() only. As they
/// came: at most one removal at the front and one insertion at the end each time, or a reset when a new filter has found
/// its first rows. By time, late rows are insertions in the middle; very many at once are a new layout.
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

    /// Rows as they came, the standard, or by their records' times. They are sorted by a thread of their own: until that
    /// is done they stay as they were.
    void setByTime(bool byTime);
    bool isByTime() const { return m_byTime; }
    /// Whether rows that are known are not yet where their times put them.
    bool isSorting() const;
    /// How much is sorted, 0 to 100.
    int sortProgress() const { return m_sorter ? m_sorter->progress() : 100; }

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

    std::uint64_t rowNumber(int index) const
    {
        return m_inTime ? rowInTime(static_cast<std::size_t>(index)) : m_rows.at(static_cast<std::size_t>(index));
    }
    /// Where a row is shown, or, if it is not, where it would be.
    int indexOf(std::uint64_t row) const { return static_cast<int>(shown().nearest(row)); }
    bool isShown(std::uint64_t row) const { return shown().find(row).has_value(); }
    /// Whether a row will be known to be shown or not once the search and the sorting have come so far.
    bool isToCome(std::uint64_t row) const;
    const std::shared_ptr<const RecordStore> &store() const { return m_capture; }
    const CaptureSnapshot &snapshot() const { return m_snapshot; }
    /// All that pass, as they came.
    const RowList &rows() const { return m_rows; }
    /// In the order of the table.
    const ShownRows &shown() const;
    /// Changes whenever shown() does.
    std::uint64_t shownVersion() const { return m_shownVersion; }
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
    /// Another filter's rows, or another order of them, are shown from now on.
    void refiltered();
    /// By time: before and after rows come and go anywhere; those of rows below `firstRow` go.
    void rearranging(quint64 firstRow);
    void rearranged();

private:
    /// Goes over to a newer snapshot: what it does not have any more goes at the front.
    void evictAndTake(CaptureSnapshot snapshot);
    void takeRange(std::uint64_t end);
    bool takeFound();
    /// Of the rows as they came: told to views if these are what they see.
    void beginRows(std::size_t first, std::size_t count);
    void endRows();
    void beginAnew();
    void endAnew();
    bool refreshRows();
    void evictInTime(const CaptureSnapshot &snapshot);
    void takeSorted();
    void insertSorted(ShownRows now);
    /// Where persistent indexes go, so many changes are there.
    void layOut(ShownRows now);
    std::uint64_t rowInTime(std::size_t index) const;
    QString timeText(int index, Nanoseconds created) const;

    const std::shared_ptr<const RecordStore> m_capture;
    CaptureSearch m_search;
    CaptureFilter m_filter;
    CaptureSnapshot m_snapshot;
    RowList m_rows;
    std::vector<std::uint64_t> m_waiting; ///< found while frozen

    /// While views are told of changes one by one: rows from `split` on are still those of before.
    struct Change
    {
        ShownRows before;
        std::size_t split = 0;
        std::ptrdiff_t shift = 0;
    };
    bool m_byTime = false;
    std::unique_ptr<TimeSorter> m_sorter;
    std::optional<ShownRows> m_inTime; ///< what is shown, once it has been sorted
    std::optional<Change> m_change;
    std::uint64_t m_inTimeGeneration = 0;
    std::shared_ptr<const TimeSorter::Moment> m_sorted; ///< the last one that was taken
    /// What the sorter was shown last.
    struct Known
    {
        std::uint64_t generation = 0;
        std::uint64_t firstPlace = 0;
        std::size_t size = 0;
        bool operator==(const Known &) const = default;
    };
    Known m_sorterKnows;
    mutable std::optional<ShownRows> m_asTheyCame;      ///< m_rows, if asked for
    std::uint64_t m_shownVersion = 0;
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
