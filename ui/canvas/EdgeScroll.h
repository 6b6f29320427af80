#pragma once

#include <QElapsedTimer>
#include <QMarginsF>
#include <QPointF>
#include <QTimer>

#include <chrono>
#include <functional>

namespace sluice {

class ChainCanvas;

/// Scrolls a canvas while something is dragged close to its edge, the faster the closer and farther beyond, by time and not by
/// events. Where a drag begins close to an edge, that edge scrolls only once the pointer comes closer. For the UI thread.
class EdgeScroll
{
public:
    /// Pixels from the edge in which it scrolls.
    static constexpr double zone = 32;

    /// The canvas outlives it. `follow` is called after each step: what is dragged is to be where the pointer is now.
    EdgeScroll(ChainCanvas &canvas, std::function<void()> follow);

    /// Something is being dragged, and the pointer is there, in the widget's pixels. The first call begins the drag.
    void drag(const QPointF &position);
    /// The drag is over, or has left.
    void stop();

    bool isScrolling() const { return m_timer.isActive(); }
    /// Pixels a second that the view goes to the right and down; null while it does not.
    QPointF velocity() const { return m_velocity; }
    /// Scrolls as much as in that time; the timer calls it.
    void step(std::chrono::duration<double> elapsed);

private:
    void tick();
    /// How far the pointer is from each edge; negative beyond it.
    QMarginsF distances(const QPointF &position) const;

    ChainCanvas &m_canvas;
    std::function<void()> m_follow;
    QTimer m_timer;
    QElapsedTimer m_clock;
    bool m_isDragging = false;
    QMarginsF m_zones; ///< at each edge
    QPointF m_velocity;
    QPointF m_owed; ///< less than a pixel
};

} // namespace sluice
