#include "canvas/Minimap.h"

#include "canvas/ChainCanvas.h"
#include "canvas/NodeLook.h"
#include "look/Appearance.h"

#include <QMouseEvent>
#include <QPainter>

namespace sluice {

namespace {

constexpr QSize mapSize(176, 120);
constexpr int fromEdge = 12;
constexpr int inner = 8;

} // namespace

Minimap::Minimap(ChainCanvas &canvas) : QWidget(&canvas), m_canvas(canvas)
{
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview of the chain"));
    setToolTip(tr("The whole chain: a click goes there"));
    setFixedSize(mapSize);
    setCursor(Qt::PointingHandCursor);
    hide();
}

void Minimap::refresh()
{
    const QRectF all = m_canvas.scene()->bounds();
    const QRectF seen = m_canvas.view().toScene(QRectF(m_canvas.rect()));
    const bool isNeeded = !all.isEmpty() && !seen.contains(all) && m_canvas.width() > 3 * mapSize.width();
    move(m_canvas.width() - mapSize.width() - fromEdge, m_canvas.height() - mapSize.height() - fromEdge);
    setVisible(isNeeded);
    if (isNeeded)
        update();
}

QRectF Minimap::extent() const { return m_canvas.scene()->bounds(); }

double Minimap::scale() const
{
    const QRectF all = extent();
    return qMin((width() - 2 * inner) / qMax(1.0, all.width()), (height() - 2 * inner) / qMax(1.0, all.height()));
}

QPointF Minimap::corner() const
{
    const QSizeF drawn = extent().size() * scale();
    return {(width() - drawn.width()) / 2, (height() - drawn.height()) / 2};
}

void Minimap::paintEvent(QPaintEvent *)
{
    const Theme &theme = Appearance::theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = theme.color("window");
    ground.setAlphaF(0.92F);
    painter.setPen(theme.color("border"));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QRectF all = extent();
    const double factor = scale();
    const QPointF begin = corner();
    const auto placed = [&](const QRectF &rect) {
        return QRectF((rect.topLeft() - all.topLeft()) * factor + begin, rect.size() * factor);
    };
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const CommentItem &item : m_canvas.scene()->comments())
        painter.fillRect(placed(item.rect()), theme.color("commentBorder"));
    for (const NodeItem &item : m_canvas.scene()->nodes()) {
        QRectF box = placed(item.rect());
        box.setSize(box.size().expandedTo(QSizeF(2, 2)));
        const bool isWrong = !item.problem().isEmpty() || (item.live() && item.live()->state == NodeStatus::State::Failed);
        painter.fillRect(box, isWrong ? theme.color("problem") : nodelook::colorOf(item.type().kind()));
    }
    const QRectF seen = placed(m_canvas.view().toScene(QRectF(m_canvas.rect())));
    painter.setPen(QPen(theme.color("accent"), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(seen.intersected(QRectF(rect()).adjusted(2, 2, -2, -2)));
}

void Minimap::go(const QPointF &position) { m_canvas.centreOn((position - corner()) / scale() + extent().topLeft()); }

void Minimap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        go(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        go(event->position());
}

} // namespace sluice
