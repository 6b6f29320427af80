#pragma once

#include "canvas/CanvasDrop.h"
#include "canvas/TestLights.h"
#include "canvas/WireDraft.h"

#include <QRectF>
#include <QString>

#include <optional>
#include <string>

namespace sluice {

/// What is painted above a canvas while something is being done with mouse or keyboard.
struct CanvasOverlay
{
    std::optional<WireDraft> draft;
    std::optional<QRectF> band;  ///< in the scene
    std::optional<QRectF> ghost; ///< where a node from the palette would be
    /// A filter for which a wire is being chosen by keys; plan.insertOn is the one it would be put on.
    std::optional<QString> filter;
    CanvasDrop::Plan plan;
    TestLights lights;
    std::string hoveredNode;
    std::optional<Wire> hoveredWire;
};

} // namespace sluice
