#pragma once

#include <QStyledItemDelegate>

namespace sluice {

/// Paints the cells of a RecordTableModel.
class RecordDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

    /// Space left and right of a cell's text, in pixels.
    static constexpr int padding = 8;
};

} // namespace sluice
