#pragma once

#include <QAbstractItemView>

class QHeaderView;

namespace sluice {

/// A table of rows that are as high as a line, but for a few, and selected as a whole. Unlike QTableView it
/// keeps nothing for a row and computes nothing for rows out of sight, so that ten million of them cost as
/// much as ten, and rows that come at the end or go at the front cost nothing.
///
/// The vertical scroll bar counts rows: its value is the row on top.
class LineView : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit LineView(QWidget *parent = nullptr);
    ~LineView() override;

    QHeaderView *header() const { return m_header; }
    void setModel(QAbstractItemModel *model) override;

    int lineHeight() const { return m_lineHeight; }
    virtual int rowHeight(int row) const;
    /// The row at that height of the viewport, or -1.
    int rowAt(int y) const;
    void selectRow(int row);

    QRect visualRect(const QModelIndex &index) const override;
    QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    /// A letter is a command here, and a search through all rows would take seconds.
    void keyboardSearch(const QString &) override {}

protected:
    void setLineHeight(int height);
    /// Room at the left that does not scroll.
    void setGutter(int width);
    int gutter() const { return m_gutter; }
    /// Left edge of a column in the viewport.
    int columnLeft(int column) const;
    virtual void paintRow(QPainter &painter, int row, const QRect &rect) = 0;

    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    /// At the cost of what is in view: Qt's asks for the rectangle of each cell, in view or not.
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;

private:
    int rows() const;
    /// Where a row begins, in the viewport; beyond what is in view all rows count as one line high.
    int topOf(int row) const;
    /// The row there, which may be before the first or behind the last.
    int rowAtHeight(int y) const;
    /// The row on top when `row` is the last one that fits.
    int topToEndWith(int row) const;

    QHeaderView *const m_header;
    QWidget *const m_corner; ///< of the header, above the gutter
    int m_lineHeight = 22;
    int m_gutter = 0;
    bool m_updating = false;
};

} // namespace sluice
