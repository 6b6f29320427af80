#include "look/ThemeStyle.h"

#include "look/Appearance.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace sluice {

namespace {

void paintCheckBox(QPainter &painter, const QRect &place, QStyle::State state)
{
    const Theme &theme = Appearance::theme();
    const int side = qMin(place.width(), place.height());
    const QRect box(place.left() + (place.width() - side) / 2, place.top() + (place.height() - side) / 2, side, side);
    const bool isEnabled = state & QStyle::State_Enabled;
    const bool isHalf = state & QStyle::State_NoChange;
    const bool isFilled = isHalf || (state & QStyle::State_On);
    const bool isTouched = state & (QStyle::State_HasFocus | QStyle::State_MouseOver);
    const QColor frame = theme.color(!isEnabled ? "disabled" : isFilled || isTouched ? "accent" : "secondary");
    const QColor ground = theme.color(!isEnabled ? "window" : isFilled ? "accent" : "base");
    const QColor tick = theme.color(isEnabled ? "accentText" : "disabled");
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(frame);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (isHalf) {
        painter.fillRect(QRectF(box.left() + side * 0.25, box.center().y() - 0.5, side * 0.5, 2), tick);
    } else if (isFilled) {
        // The icon's would be too thin for so small a place.
        painter.setPen(QPen(tick, side / 7.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF corner = box.topLeft();
        const QPointF line[] = {corner + QPointF(0.25, 0.52) * side, corner + QPointF(0.43, 0.7) * side, corner + QPointF(0.76, 0.32) * side};
        painter.drawPolyline(line, 3);
    }
    painter.restore();
}

} // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
        return paintCheckBox(*painter, option->rect, option->state);
    case PE_IndicatorItemViewItemCheck:
        // The focus is the line's, and not the box's.
        return paintCheckBox(*painter, option->rect, option->state & ~(State_HasFocus | State_MouseOver));
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

} // namespace sluice
