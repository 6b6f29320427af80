#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace sluice {

/// Which part of a canvas is seen, and how large. Scene units are pixels at 100 %.
struct CanvasView
{
    static constexpr double minimumZoom = 0.1;
    static constexpr double maximumZoom = 3;

    QPointF origin; ///< the scene's point in the left upper corner
    double zoom = 1;

    QPointF toView(const QPointF &scene) const { return (scene - origin) * zoom; }
    QPointF toScene(const QPointF &view) const { return view / zoom + origin; }
    QRectF toView(const QRectF &scene) const { return {toView(scene.topLeft()), scene.size() * zoom}; }
    QRectF toScene(const QRectF &view) const { return {toScene(view.topLeft()), view.size() / zoom}; }
};

} // namespace sluice
