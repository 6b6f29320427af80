#pragma once

#include "console/FoundText.h"
#include "console/LineView.h"
#include "console/RecordTableModel.h"
#include "console/RowFolds.h"
#include "console/RowHighlighter.h"

#include <QTimer>

#include <optional>

namespace sluice {

class ColumnLayout;
class Marks;
class RecordDelegate;

/// The table of records. It follows the newest record until the reader scrolls away from the end, and again
/// when the reader comes back to it; while it does not follow, nothing that arrives or goes moves what is
/// seen.
class RecordTable : public LineView
{
    Q_OBJECT

public:
    RecordTable(RecordTableModel *model, Marks *marks, QWidget *parent = nullptr);

    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);

    /// The selected record's row number, if one is current.
    std::optional<std::uint64_t> currentRow() const;
    /// Row number of the first record in view, if there is any.
    std::optional<std::uint64_t> topRow() const;
    /// Row numbers of what is selected, in the order of the table; at most so many.
    std::vector<std::uint64_t> selectedRows(std::size_t most) const;
    /// How many rows are selected.
    std::size_t selectedCount() const;
    /// Selects that row and brings it into view; it must be shown. Ends following.
    void goTo(std::uint64_t row);

    ColumnLayout *columnLayout() const { return m_columns; }
    /// As wide as what is in view needs.
    void fitColumn(int column);
    void setTimeFormat(const TimeFormat &format);
    /// The row that times can be shown as differences from.
    void setReference(std::optional<std::uint64_t> row);

    /// Shows all lines of a record, or the first alone. Of a record with one line it does nothing.
    void setUnfolded(int row, bool unfolded);
    bool isUnfolded(int row) const;
    int rowHeight(int row) const override;

    /// Shows where what is looked for stands.
    void setFound(const FoundText &found);
    const FoundText &found() const { return m_found; }
    /// Rules that colour records.
    void setHighlightRules(const HighlightRules &rules);
    RowHighlighter &highlighter() { return m_highlighter; }

    /// Call after RecordTableModel::refresh(): keeps the end, or the anchor of a filter change, in view.
    void afterRefresh();

Q_SIGNALS:
    void followingChanged(bool following);
    /// Another record is current, or none; not when the current one was evicted.
    void currentRowChanged();
    /// Columns, their order or their widths have changed, or how times are written.
    void layoutChanged();
    /// Something else is looked for.
    void foundChanged();
    /// A note on that record is to be written.
    void noteRequested(std::uint64_t row);
    void copyRequested();
    void menuRequested(const QPoint &globalPosition);
    void headerMenuRequested(const QPoint &globalPosition);

protected:
    void paintRow(QPainter &painter, int row, const QRect &rect) override;
    void updateGeometries() override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void scrolled(int value);
    void scrollWithoutReader(int value);
    void updateMeasures();
    void rememberPlace();
    void restorePlace();
    void beginRearranging(quint64 firstRow);
    void endRearranging();
    bool pressedMarker(const QPoint &position);

    RecordTableModel *const m_model;
    Marks *const m_marks;
    RecordDelegate *const m_delegate;
    RowHighlighter m_highlighter;
    FoundText m_found;
    ColumnLayout *const m_columns;
    RowFolds m_folds;
    QTimer m_ageTimer; ///< while times are told as ages
    bool m_following = true;
    bool m_adjusting = false;               ///< the scroll bar moves, but the reader has not moved it
    std::optional<std::uint64_t> m_top;     ///< of the filter before: what was on top,
    std::optional<std::uint64_t> m_current; ///< and what was selected
    int m_currentOffset = 0;                ///< lines between the two
    bool m_restoring = false;
    int m_topBeforeEviction = 0;
    std::optional<std::uint64_t> m_topBeforeRearranging;
    bool m_evictingCurrent = false;
};

} // namespace sluice
