#pragma once

#include "canvas/CanvasDrop.h"
#include "canvas/EdgeScroll.h"
#include "chain/ChainNode.h"

#include <memory>

class QDragEnterEvent;
class QDragMoveEvent;
class QDropEvent;
class QMimeData;

namespace sluice {

class ChainCanvas;

/// What is dragged onto a canvas from elsewhere: a node's type from the palette, or a filter from a view. A ghost shows where
/// it would be, and the wire on which it would be put in. For the UI thread.
class CanvasDrag
{
public:
    explicit CanvasDrag(ChainCanvas &canvas) : m_canvas(canvas), m_edges(canvas, [this] { aim(); }) {}

    void enter(QDragEnterEvent &event);
    void move(QDragMoveEvent &event);
    void leave();
    void drop(QDropEvent &event);
    EdgeScroll &edges() { return m_edges; }

private:
    /// The node that would be; without a type if none is carried.
    static ChainNode nodeIn(const QMimeData &data);
    void aimAt(const QPointF &position, bool isFree);
    /// What is carried goes to where the pointer was last.
    void aim();

    ChainCanvas &m_canvas;
    std::unique_ptr<CanvasDrop> m_drop;
    QPointF m_last; ///< in the widget
    bool m_isFree = false; ///< of the grid
    EdgeScroll m_edges;
};

} // namespace sluice
