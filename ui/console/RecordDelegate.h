#pragma once

#include "console/FoundText.h"
#include "console/RowHighlighter.h"

#include <QStyledItemDelegate>

namespace sluice {

class RecordTableModel;

/// Paints the cells of a RecordTableModel, on the background that paintBackground() has left.
class RecordDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

    /// Of a whole row: its level's colour; if it is selected a stronger one, and a bar at its left.
    void paintBackground(QPainter &painter, const QRect &row, const RecordTableModel &model, int index,
                         bool selected) const;
    /// The lines behind the first, from `area`'s top on, one each lineSpacing(); what does not fit is counted.
    void paintFurtherLines(QPainter &painter, const QRect &area, const QFont &font,
                           const RecordTableModel &model, int index, bool selected) const;

    /// In the gutter: that a row is marked, and whether there is a note on it.
    void paintMark(QPainter &painter, const QRect &cell, bool hasNote) const;
    /// In the gutter: that differences of times are counted from that row.
    void paintReference(QPainter &painter, const QRect &cell) const;

    /// Where a row says how many lines it has beside the one that is seen; empty if it has no more.
    QRect foldMarkerRect(const QRect &cell, const QFont &font, const RecordTableModel &model, int index) const;

    /// What the filter looks for is underlined where it stands; what find looks for has a ground too.
    void setFound(const FoundText &found) { m_found = found; }

    /// Asked about each row that is painted; outlives the delegate's work.
    void setHighlighter(RowHighlighter *highlighter) { m_highlighter = highlighter; }

    /// Space left and right of a cell's text, in pixels.
    static constexpr int padding = 8;

private:
    RowHighlighter *m_highlighter = nullptr;
    void paintText(QPainter &painter, const QRect &place, const QString &text, Qt::TextElideMode elide,
                   const RowHighlighter::Look &look, bool isSearched = true) const;
    RowHighlighter::Look look(const RecordTableModel &model, int index) const;

    FoundText m_found;
};

} // namespace sluice
