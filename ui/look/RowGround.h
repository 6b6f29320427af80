#pragma once

class QPainter;
class QStyleOptionViewItem;

namespace sluice {

/// Paints what lies behind a row of a list, selected or under the mouse. True if it is selected.
bool paintRowGround(QPainter *painter, const QStyleOptionViewItem &option);

} // namespace sluice
