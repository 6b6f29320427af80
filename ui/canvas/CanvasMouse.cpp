#include "canvas/CanvasMouse.h"

#include "canvas/ChainCanvas.h"

#include <QApplication>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sluice {

namespace {

constexpr double portSlack = 11; ///< pixels
constexpr double wireSlack = 7;

bool adds(const QMouseEvent &event) { return event.modifiers() & (Qt::ControlModifier | Qt::ShiftModifier); }

} // namespace

double CanvasMouse::snapped(double value) const
{
    return m_isFree ? std::round(value) : std::round(value / ChainLayout::grid) * ChainLayout::grid;
}

void CanvasMouse::setPanning(bool on)
{
    m_isPanning = on;
    if (m_doing == Doing::Nothing)
        m_canvas.setCursor(on ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void CanvasMouse::press(const QMouseEvent &event)
{
    if (m_doing != Doing::Nothing)
        return;
    m_last = event.position();
    m_pressed = m_canvas.view().toScene(event.position());
    if (event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && m_isPanning)) {
        m_doing = Doing::Pan;
        m_canvas.setCursor(Qt::ClosedHandCursor);
    } else if (event.button() == Qt::LeftButton) {
        m_canvas.overlay().draft.reset();
        pressLeft(event, m_pressed);
        if (m_doing != Doing::Nothing)
            m_edges.drag(event.position());
    }
}

void CanvasMouse::pressLeft(const QMouseEvent &event, const QPointF &at)
{
    ChainScene &scene = *m_canvas.scene();
    const double zoom = m_canvas.view().zoom;
    if (const auto port = scene.portAt(at, portSlack / zoom)) {
        m_doing = Doing::Wire;
        m_canvas.overlay().draft.emplace(scene, *port);
        m_canvas.overlay().draft->aimAt(at);
        m_canvas.update();
        return;
    }
    // A filter waits for a wire.
    if (CanvasOverlay &overlay = m_canvas.overlay(); overlay.filter) {
        const QString expression = *overlay.filter;
        overlay.filter.reset();
        overlay.plan = {};
        m_canvas.update();
        if (const WireItem *chosen = scene.nodeAt(at) ? nullptr : scene.wireAt(at, wireSlack / zoom)) {
            m_canvas.putFilterOn(Wire(chosen->wire()), expression);
            return;
        }
    }
    // What is written on the wire that is pointed at is a button.
    if (const WireItem *labelled = m_canvas.labelledWireAt(event.position())) {
        const Wire wire = labelled->wire();
        scene.selectWire(wire);
        Q_EMIT m_canvas.tapRequested(wire);
        return;
    }
    const NodeItem *node = scene.nodeAt(at);
    const WireItem *wire = node ? nullptr : scene.wireAt(at, wireSlack / zoom);
    const CommentItem *comment = node || wire ? nullptr : scene.commentAt(at);
    if (wire) {
        scene.selectWire(wire->wire());
        return;
    }
    if (comment && comment->isOnHandle(at)) {
        scene.select({comment->id()});
        m_grabbed = comment->id();
        m_doing = Doing::Resize;
        return;
    }
    const std::string id = node ? node->id() : comment ? comment->id() : std::string();
    if (id.empty()) {
        m_doing = Doing::Band;
        m_selectedBefore = adds(event) ? scene.selectedIds() : std::vector<std::string>();
        if (!adds(event))
            scene.select({});
        return;
    }
    if (adds(event)) {
        scene.toggle(id);
        if (!scene.isSelected(id))
            return;
    } else if (!scene.isSelected(id)) {
        scene.select({id});
    } else {
        m_selectOnRelease = true;
    }
    beginMove(at, id);
}

void CanvasMouse::beginMove(const QPointF &at, const std::string &grabbed)
{
    const ChainScene &scene = *m_canvas.scene();
    m_doing = Doing::MoveOrClick;
    m_pressed = at;
    m_grabbed = grabbed;
    std::set<std::string> ids = scene.selected();
    for (const std::string &id : scene.selected()) {
        if (const CommentItem *comment = scene.comment(id)) {
            for (std::string &inside : scene.groupOf(*comment))
                ids.insert(std::move(inside));
        }
    }
    m_before.clear();
    for (const std::string &id : ids) {
        const QRectF rect = scene.boundsOf({id});
        m_before.push_back({id, rect.x(), rect.y()});
    }
    if (ids.size() == 1 && scene.node(*ids.begin()))
        m_drop = std::make_unique<CanvasDrop>(scene, *ids.begin());
}

void CanvasMouse::hover(const QPointF &at)
{
    const ChainScene &scene = *m_canvas.scene();
    const double zoom = m_canvas.view().zoom;
    CanvasOverlay &overlay = m_canvas.overlay();
    // A label stays while the pointer is on it.
    const WireItem *labelled = m_canvas.labelledWireAt(m_canvas.view().toView(at));
    const NodeItem *node = labelled ? nullptr : scene.nodeAt(at);
    const WireItem *wire = labelled ? labelled : node ? nullptr : scene.wireAt(at, wireSlack / zoom);
    const CommentItem *comment = node || wire ? nullptr : scene.commentAt(at);
    const std::string id = node ? node->id() : std::string();
    const std::optional<Wire> over = wire ? std::optional(wire->wire()) : std::nullopt;
    if (overlay.hoveredNode != id || overlay.hoveredWire != over) {
        overlay.hoveredNode = id;
        overlay.hoveredWire = over;
        m_canvas.update();
    }
    if (m_isPanning)
        m_canvas.setCursor(Qt::OpenHandCursor);
    else if (labelled)
        m_canvas.setCursor(Qt::PointingHandCursor);
    else if (scene.portAt(at, portSlack / zoom))
        m_canvas.setCursor(Qt::CrossCursor);
    else if (comment && comment->isOnHandle(at))
        m_canvas.setCursor(Qt::SizeFDiagCursor);
    else
        m_canvas.setCursor(Qt::ArrowCursor);
}

void CanvasMouse::move(const QMouseEvent &event)
{
    const QPointF before = std::exchange(m_last, event.position());
    m_isFree = event.modifiers().testFlag(Qt::AltModifier);
    switch (m_doing) {
    case Doing::Nothing:
        hover(m_canvas.view().toScene(m_last));
        return;
    case Doing::Pan:
        m_canvas.pan(m_last - before);
        return;
    case Doing::MoveOrClick:
        if ((m_last - m_canvas.view().toView(m_pressed)).manhattanLength() < QApplication::startDragDistance())
            return;
        m_doing = Doing::Move;
        break;
    case Doing::Band:
    case Doing::Move:
    case Doing::Wire:
    case Doing::Resize:
        break;
    }
    follow();
    m_edges.drag(m_last);
}

void CanvasMouse::follow()
{
    const QPointF at = m_canvas.view().toScene(m_last);
    switch (m_doing) {
    case Doing::Nothing:
    case Doing::Pan:
    case Doing::MoveOrClick:
        break;
    case Doing::Band:
        drawBand(at);
        break;
    case Doing::Move:
        dragItems(at);
        break;
    case Doing::Wire:
        m_canvas.overlay().draft->aimAt(at);
        m_canvas.update();
        break;
    case Doing::Resize:
        resize(at);
        break;
    }
}

void CanvasMouse::drawBand(const QPointF &at)
{
    CanvasOverlay &overlay = m_canvas.overlay();
    overlay.band = QRectF(m_pressed, at).normalized();
    std::vector<std::string> ids = m_selectedBefore;
    for (std::string &id : m_canvas.scene()->itemsIn(*overlay.band)) {
        if (std::ranges::find(ids, id) == ids.end())
            ids.push_back(std::move(id));
    }
    m_canvas.scene()->select(ids);
}

void CanvasMouse::dragItems(const QPointF &at)
{
    const auto grabbed = std::ranges::find(m_before, m_grabbed, &ChainEditor::Place::id);
    if (grabbed == m_before.end())
        return;
    const QPointF wanted = at - m_pressed;
    const double dx = snapped(grabbed->x + wanted.x()) - grabbed->x;
    const double dy = snapped(grabbed->y + wanted.y()) - grabbed->y;
    m_now = m_before;
    for (ChainEditor::Place &place : m_now) {
        place.x += dx;
        place.y += dy;
    }
    m_canvas.scene()->showMoved(m_now);
    if (m_drop)
        m_canvas.overlay().plan = m_drop->planFor(m_canvas.scene()->boundsOf({m_grabbed}), at);
}

void CanvasMouse::resize(const QPointF &at)
{
    const CommentItem *comment = m_canvas.scene()->comment(m_grabbed);
    if (!comment)
        return;
    const QPointF corner = comment->rect().topLeft();
    m_canvas.scene()->showResized(m_grabbed, {std::max(ChainComment::minimumWidth, snapped(at.x()) - corner.x()),
                                              std::max(ChainComment::minimumHeight, snapped(at.y()) - corner.y())});
}

void CanvasMouse::release(const QMouseEvent &event)
{
    m_edges.stop();
    m_last = event.position();
    m_isFree = event.modifiers().testFlag(Qt::AltModifier);
    const QPointF at = m_canvas.view().toScene(m_last);
    switch (m_doing) {
    case Doing::Nothing:
        return;
    case Doing::MoveOrClick:
        if (m_selectOnRelease)
            m_canvas.scene()->select({m_grabbed});
        break;
    case Doing::Move:
        dragItems(at);
        finishMove();
        break;
    case Doing::Wire:
        m_canvas.overlay().draft->aimAt(at);
        finishWire();
        break;
    case Doing::Resize:
        if (const CommentItem *item = m_canvas.scene()->comment(m_grabbed)) {
            ChainComment comment = item->comment();
            comment.width = item->rect().width();
            comment.height = item->rect().height();
            ChainEditor &editor = m_canvas.scene()->editor();
            editor.endMerging();
            m_canvas.report(editor.setComment(std::move(comment)));
            editor.endMerging();
        }
        break;
    case Doing::Pan:
    case Doing::Band:
        break;
    }
    finish();
    hover(at);
}

void CanvasMouse::finishMove()
{
    ChainEditor &editor = m_canvas.scene()->editor();
    const CanvasDrop::Plan plan = m_canvas.overlay().plan;
    // Each drag is a step of its own.
    editor.endMerging();
    {
        const std::string words = m_now.size() == 1 ? "Move " + m_grabbed : "Move " + std::to_string(m_now.size()) + " items";
        const ChainHistory::Step step(editor, words);
        m_canvas.report(editor.move(m_now));
        CanvasDrop::carryOut(plan, m_grabbed, editor);
    }
    editor.endMerging();
}

void CanvasMouse::finishWire()
{
    const WireDraft &draft = *m_canvas.overlay().draft;
    const std::optional<Wire> wire = draft.aim();
    const QString why = draft.why();
    if (wire)
        m_canvas.report(m_canvas.scene()->editor().connect(*wire));
    else if (!why.isEmpty())
        Q_EMIT m_canvas.said(why);
}

void CanvasMouse::finish()
{
    m_doing = Doing::Nothing;
    m_edges.stop();
    m_drop.reset();
    m_before.clear();
    m_now.clear();
    m_selectOnRelease = false;
    CanvasOverlay &overlay = m_canvas.overlay();
    overlay.draft.reset();
    overlay.band.reset();
    overlay.plan = {};
    m_canvas.setCursor(m_isPanning ? Qt::OpenHandCursor : Qt::ArrowCursor);
    m_canvas.update();
}

void CanvasMouse::doubleClick(const QMouseEvent &event)
{
    const QPointF at = m_canvas.view().toScene(event.position());
    if (event.button() != Qt::LeftButton)
        return;
    const double zoom = m_canvas.view().zoom;
    if (m_canvas.scene()->nodeAt(at))
        Q_EMIT m_canvas.inspectRequested();
    else if (const WireItem *wire = m_canvas.scene()->wireAt(at, wireSlack / zoom))
        Q_EMIT m_canvas.tapRequested(wire->wire());
    else if (const CommentItem *comment = m_canvas.scene()->commentAt(at))
        m_canvas.editComment(comment->id());
}

void CanvasMouse::leave()
{
    CanvasOverlay &overlay = m_canvas.overlay();
    overlay.hoveredNode.clear();
    overlay.hoveredWire.reset();
    m_canvas.update();
}

bool CanvasMouse::cancel()
{
    if (m_doing == Doing::Nothing)
        return false;
    finish();
    m_canvas.scene()->showPlaces();
    return true;
}

} // namespace sluice
