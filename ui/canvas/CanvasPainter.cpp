#include "canvas/CanvasPainter.h"

#include "look/Appearance.h"

#include <QPainter>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr double dotDistance = 24;
constexpr double dotsAbove = 0.5; ///< zoom
/// So many wires are thin lines while the zoom changes.
constexpr std::size_t manyWires = 150;

bool isSame(const std::optional<Wire> &a, const Wire &b) { return a && a->hasSameEnds(b); }

} // namespace

bool CanvasPainter::isPointedAt(const WireItem &item) const
{
    return isSame(m_overlay.hoveredWire, item.wire()) || isSame(m_scene.selectedWire(), item.wire());
}

void CanvasPainter::paint(QPainter &painter, const QRect &area) const
{
    const Theme &theme = Appearance::theme();
    paintGround(painter, area);
    const QRectF seen = m_state.view.toScene(QRectF(area));
    for (const CommentItem &item : m_scene.comments()) {
        if (item.rect().intersects(seen))
            item.paint(painter, m_state.view, m_scene.isSelected(item.id()));
    }
    paintWires(painter, seen);
    m_overlay.lights.paintWires(painter, m_scene, m_state.view);
    paintNodes(painter, seen);
    m_overlay.lights.paintNodes(painter, m_scene, m_state.view);
    for (const WireItem &item : m_scene.wires()) {
        if (item.bounds().intersects(seen))
            item.paintLabel(painter, m_state.view, isPointedAt(item));
    }
    paintPlan(painter);
    paintDraft(painter, area);
    if (m_overlay.band) {
        QColor inner = theme.color("accent");
        inner.setAlphaF(0.1F);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(theme.color("accent"));
        painter.setBrush(inner);
        painter.drawRect(m_state.view.toView(*m_overlay.band).toRect());
    }
}

void CanvasPainter::paintGround(QPainter &painter, const QRect &area) const
{
    const Theme &theme = Appearance::theme();
    painter.fillRect(area, theme.color("canvas"));
    if (m_state.view.zoom < dotsAbove)
        return;
    // A strip with one row of dots, painted once for each zoom and place.
    const double ratio = painter.device()->devicePixelRatioF();
    const double distance = dotDistance * m_state.view.zoom;
    const double left = std::fmod(-m_state.view.origin.x() * m_state.view.zoom, distance);
    const double top = std::fmod(-m_state.view.origin.y() * m_state.view.zoom, distance);
    QVector<QRectF> dots;
    const double side = std::max(1.0, std::round(1.5 * m_state.view.zoom * ratio) / ratio);
    for (double y = top - distance; y < area.bottom() + distance; y += distance) {
        if (y + side < area.top())
            continue;
        for (double x = left - distance; x < area.right() + distance; x += distance) {
            if (x + side >= area.left())
                dots.append(QRectF(std::round(x), std::round(y), side, side));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color("canvasDot"));
    painter.drawRects(dots);
}

void CanvasPainter::paintWires(QPainter &painter, const QRectF &seen) const
{
    WireItem::Look look;
    look.view = m_state.view;
    look.seen = seen;
    look.isPlain = m_state.isZooming && m_scene.wires().size() > manyWires;
    for (const WireItem &item : m_scene.wires()) {
        if (!item.bounds().intersects(seen))
            continue;
        look.isSelected = isSame(m_scene.selectedWire(), item.wire());
        look.isHovered = isSame(m_overlay.hoveredWire, item.wire());
        look.isTarget = isSame(m_overlay.plan.insertOn, item.wire());
        item.paint(painter, look);
    }
}

void CanvasPainter::paintNodes(QPainter &painter, const QRectF &seen) const
{
    NodeItem::Look look;
    look.view = m_state.view;
    look.isMoving = m_state.isZooming;
    const auto &draft = m_overlay.draft;
    // Of those that are far out of sight, no picture is kept.
    const QRectF &sight = m_state.sight;
    const QRectF kept = sight.adjusted(-sight.width(), -sight.height(), sight.width(), sight.height());
    for (const NodeItem &item : m_scene.nodes()) {
        if (!item.bounds().intersects(seen)) {
            if (!kept.intersects(item.rect()))
                item.releasePixmap();
            continue;
        }
        look.isSelected = m_scene.isSelected(item.id());
        look.isFocused = m_state.hasFocus && item.id() == m_scene.current() && m_scene.selected().size() > 1;
        look.isHovered = item.id() == m_overlay.hoveredNode;
        look.isTarget = draft && draft->mayReach(item.id());
        look.isDimmed = draft && !look.isTarget && item.id() != draft->begin().node;
        item.paint(painter, look);
    }
}

// Where a node that is being dragged would lead, or be led to.
void CanvasPainter::paintPlan(QPainter &painter) const
{
    const Theme &theme = Appearance::theme();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.color("accent"), 2, Qt::DashLine));
    if (m_overlay.filter && m_overlay.plan.insertOn) {
        const auto item = std::ranges::find_if(m_scene.wires(), [&](const WireItem &one) { return isSame(m_overlay.plan.insertOn, one.wire()); });
        if (item != m_scene.wires().end())
            paintFilter(painter, m_state.view.toView(item->middle()));
    }
    const auto &wire = m_overlay.plan.connect;
    if (m_overlay.ghost)
        painter.drawRoundedRect(m_state.view.toView(*m_overlay.ghost), 8 * m_state.view.zoom, 8 * m_state.view.zoom);
    if (!wire)
        return;
    // One of them may not be in the chain yet: then it is the ghost.
    const NodeItem *from = m_scene.node(wire->from);
    const NodeItem *to = m_scene.node(wire->to);
    const auto port = from ? from->outputIndex(wire->port) : std::nullopt;
    const bool isFromBottom = wire->port != "out";
    const QRectF ghost = m_overlay.ghost.value_or(QRectF());
    const QPointF begin = port ? from->output(*port)
                               : isFromBottom ? QPointF(ghost.left() + 28, ghost.bottom()) : QPointF(ghost.right(), ghost.center().y());
    const QPointF end = to ? to->input() : QPointF(ghost.left(), ghost.center().y());
    painter.drawPath(WireItem::curve(m_state.view.toView(begin), isFromBottom, m_state.view.toView(end)));
}

// The filter for which a wire is being chosen.
void CanvasPainter::paintFilter(QPainter &painter, const QPointF &middle) const
{
    const Theme &theme = Appearance::theme();
    painter.save();
    painter.setFont(Appearance::logFont());
    const QFontMetricsF metrics(painter.font());
    const QString text = metrics.elidedText(m_overlay.filter->simplified(), Qt::ElideRight, 240);
    QRectF pill(0, 0, metrics.horizontalAdvance(text) + 20, metrics.height() + 8);
    pill.moveCenter(middle);
    painter.setPen(QPen(theme.color("accent"), 1.5));
    painter.setBrush(theme.color("selection"));
    painter.drawRoundedRect(pill, 6, 6);
    painter.setPen(theme.color("selectionText"));
    painter.drawText(pill, Qt::AlignCenter, text);
    painter.restore();
}

void CanvasPainter::paintDraft(QPainter &painter, const QRect &area) const
{
    const auto &draft = m_overlay.draft;
    if (!draft)
        return;
    const Theme &theme = Appearance::theme();
    const QPointF begin = m_state.view.toView(draft->beginPoint());
    const QPointF end = m_state.view.toView(draft->endPoint());
    const bool isFromBottom = !draft->isBackwards() && draft->begin().output != "out";
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const char *token = !draft->why().isEmpty() ? "problem" : "accent";
    painter.setPen(QPen(theme.color(token), 2.5, draft->aim() ? Qt::SolidLine : Qt::DashLine, Qt::RoundCap));
    painter.drawPath(draft->isBackwards() ? WireItem::curve(end, false, begin) : WireItem::curve(begin, isFromBottom, end));
    painter.setBrush(theme.color(token));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(end, 4, 4);
    if (draft->why().isEmpty())
        return;
    // Beside the pointer, wherever there is room.
    const QFontMetricsF metrics(painter.font());
    const QRectF text = metrics.boundingRect(QRectF(0, 0, 320, 200), Qt::TextWordWrap, draft->why());
    QRectF box = text.adjusted(0, 0, 20, 12);
    box.moveTopLeft(end + QPointF(16, 16));
    if (box.right() > area.right() - 8)
        box.moveRight(end.x() - 16);
    if (box.bottom() > area.bottom() - 8)
        box.moveBottom(end.y() - 16);
    painter.setPen(theme.color("problemBorder"));
    painter.setBrush(theme.color("problemSurface"));
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(theme.color("problem"));
    painter.drawText(box.adjusted(10, 6, -10, -6), Qt::TextWordWrap, draft->why());
}

} // namespace sluice
