#include "console/LevelBadge.h"

#include "console/Words.h"
#include "look/Appearance.h"

#include <QFontMetricsF>
#include <QPainterPath>

namespace sluice {

namespace {

QPainterPath shapeOf(Severity severity, const QRectF &square)
{
    QPainterPath path;
    const QPointF c = square.center();
    const qreal r = square.width() / 2;
    switch (severity) {
    case Severity::Debug:
    case Severity::Info:
        path.addEllipse(c, r - 0.5, r - 0.5);
        break;
    case Severity::Warning: {
        const qreal d = r + 1.5;
        path.moveTo(c.x(), c.y() - d);
        path.lineTo(c.x() + d, c.y());
        path.lineTo(c.x(), c.y() + d);
        path.lineTo(c.x() - d, c.y());
        path.closeSubpath();
        break;
    }
    case Severity::Error: {
        const qreal cut = r * 0.586;
        const QRectF o = square.adjusted(0.25, 0.25, -0.25, -0.25);
        path.moveTo(o.left() + cut, o.top());
        path.lineTo(o.right() - cut, o.top());
        path.lineTo(o.right(), o.top() + cut);
        path.lineTo(o.right(), o.bottom() - cut);
        path.lineTo(o.right() - cut, o.bottom());
        path.lineTo(o.left() + cut, o.bottom());
        path.lineTo(o.left(), o.bottom() - cut);
        path.lineTo(o.left(), o.top() + cut);
        path.closeSubpath();
        break;
    }
    case Severity::Critical:
        path.addRoundedRect(square.adjusted(-2, 0, 2, 0), 2, 2);
        break;
    }
    return path;
}

} // namespace

void paintLevelBadge(QPainter &painter, const QRectF &rect, Severity severity, bool on)
{
    const LevelColors &colors = Appearance::theme().level(severity);
    const qreal side = qMin<qreal>(qMin(rect.width(), rect.height()), 16);
    QRectF square(0, 0, side, side);
    square.moveCenter(rect.center());

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor pale = Appearance::theme().color("disabled");
    QPen pen(on ? colors.badgeBorder : pale, 1);
    pen.setJoinStyle(Qt::RoundJoin);
    if (!on)
        pen.setStyle(Qt::DotLine);
    painter.setPen(pen);
    painter.setBrush(on && severity != Severity::Debug ? QBrush(colors.badge) : QBrush(Qt::NoBrush));
    painter.drawPath(shapeOf(severity, square));

    QFont font = Appearance::smallFont();
    font.setPixelSize(qRound(side * (severity == Severity::Warning ? 0.56 : 0.64)));
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(on ? colors.badgeText : pale);
    // Centred by the letter's own outline: metrics of lines leave capitals too high in so small a shape.
    const QString letter = words::levelLetter(severity);
    const QRectF ink = QFontMetricsF(font).tightBoundingRect(letter);
    painter.drawText(QPointF(square.center().x() - ink.center().x(), square.center().y() - ink.center().y()),
                     letter);
    painter.restore();
}

} // namespace sluice
