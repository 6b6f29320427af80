#include "canvas/CanvasDrag.h"

#include "canvas/ChainCanvas.h"
#include "chain/NodeRegistry.h"
#include "console/FilterDrag.h"

#include <QDragEnterEvent>
#include <QMimeData>

namespace sluice {

ChainNode CanvasDrag::nodeIn(const QMimeData &data)
{
    ChainNode node;
    const QByteArray name = data.data(ChainCanvas::nodeMimeType);
    node.type = NodeRegistry::builtin().find(std::string_view(name.constData(), static_cast<std::size_t>(name.size())));
    if (const QString expression = node.type ? QString() : filterdrag::expressionIn(data); !expression.isEmpty())
        node = ChainCanvas::filterNode(expression);
    return node;
}

void CanvasDrag::aimAt(const QPointF &position, bool isFree)
{
    m_last = position;
    m_isFree = isFree;
    aim();
    m_edges.drag(position);
}

void CanvasDrag::aim()
{
    const QPointF at = m_canvas.view().toScene(m_last);
    CanvasOverlay &overlay = m_canvas.overlay();
    overlay.ghost = CanvasDrop::rectAround(at, m_isFree);
    if (m_drop)
        overlay.plan = m_drop->planFor(*overlay.ghost, at);
    m_canvas.update();
}

void CanvasDrag::enter(QDragEnterEvent &event)
{
    const ChainNode node = nodeIn(*event.mimeData());
    if (!node.type || !event.possibleActions().testFlag(Qt::CopyAction))
        return;
    m_drop = std::make_unique<CanvasDrop>(*m_canvas.scene(), *node.type);
    // A list that orders its own lines by dragging means to move them.
    event.setDropAction(Qt::CopyAction);
    event.accept();
    aimAt(event.position(), false);
}

void CanvasDrag::move(QDragMoveEvent &event)
{
    event.setDropAction(Qt::CopyAction);
    event.accept();
    aimAt(event.position(), event.modifiers().testFlag(Qt::AltModifier));
}

void CanvasDrag::leave()
{
    m_edges.stop();
    m_drop.reset();
    m_canvas.overlay().ghost.reset();
    m_canvas.overlay().plan = {};
    m_canvas.update();
}

void CanvasDrag::drop(QDropEvent &event)
{
    const ChainNode node = nodeIn(*event.mimeData());
    leave();
    if (!node.type)
        return;
    event.setDropAction(Qt::CopyAction);
    event.accept();
    if (!m_canvas.addNode(*node.type, m_canvas.view().toScene(event.position()), node.params).empty())
        m_canvas.setFocus(Qt::OtherFocusReason);
}

} // namespace sluice
