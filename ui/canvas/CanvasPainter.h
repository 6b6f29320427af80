#pragma once

#include "canvas/CanvasOverlay.h"
#include "canvas/ChainScene.h"

#include <QRect>

class QPainter;

namespace sluice {

/// Paints a canvas: only what is in sight, and from afar no more than can be seen.
class CanvasPainter
{
public:
    struct State
    {
        CanvasView view;
        QRectF sight; ///< all of the scene that the widget shows, whatever of it is painted
        bool isZooming = false; ///< it will be painted again at rest: rather quick than sharp
        bool hasFocus = false;
    };

    CanvasPainter(const ChainScene &scene, const CanvasOverlay &overlay, const State &state)
        : m_scene(scene), m_overlay(overlay), m_state(state)
    {
    }

    void paint(QPainter &painter, const QRect &area) const;

private:
    /// Hovered, or selected.
    bool isPointedAt(const WireItem &item) const;
    void paintGround(QPainter &painter, const QRect &area) const;
    void paintWires(QPainter &painter, const QRectF &seen) const;
    void paintNodes(QPainter &painter, const QRectF &seen) const;
    void paintPlan(QPainter &painter) const;
    void paintFilter(QPainter &painter, const QPointF &middle) const;
    void paintDraft(QPainter &painter, const QRect &area) const;

    const ChainScene &m_scene;
    const CanvasOverlay &m_overlay;
    const State m_state;
};

} // namespace sluice
