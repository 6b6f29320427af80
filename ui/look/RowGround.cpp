#include "look/RowGround.h"

#include "look/Appearance.h"

#include <QPainter>
#include <QStyleOptionViewItem>

namespace sluice {

bool paintRowGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver))
        painter->fillRect(option.rect, Appearance::theme().color(selected ? "selection" : "hover"));
    return selected;
}

} // namespace sluice
