#pragma once

#include "canvas/CanvasView.h"
#include "canvas/ChainScene.h"
#include "chain/TestRun.h"

#include <vector>

class QPainter;

namespace sluice {

/// The way of a test record on a canvas: the wires it took, and at each node a number, in the order in which it came there,
/// with a ring in the colour of what became of it. For the UI thread.
class TestLights
{
public:
    void setSteps(std::vector<TestStep> steps) { m_steps = std::move(steps); }
    const std::vector<TestStep> &steps() const { return m_steps; }

    /// Below the nodes.
    void paintWires(QPainter &painter, const ChainScene &scene, const CanvasView &view) const;
    /// Above them.
    void paintNodes(QPainter &painter, const ChainScene &scene, const CanvasView &view) const;

    /// Wires of the scene that are lit.
    std::vector<Wire> wires(const ChainScene &scene) const;

private:
    /// By which the record came to a step; null where it was put in, or came through the tree of loggers.
    const WireItem *wireTo(const TestStep &step, const ChainScene &scene) const;

    std::vector<TestStep> m_steps;
};

} // namespace sluice
