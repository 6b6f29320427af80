#include "canvas/EdgeScroll.h"

#include "canvas/ChainCanvas.h"

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr double speedAtEdge = 500; ///< pixels a second
constexpr double fastest = 2000;
constexpr std::chrono::milliseconds frame{16};
/// When nothing was painted for a while, nobody wants to be elsewhere at once.
constexpr double longestStep = 0.1;

double speed(double distance, double zone) { return std::clamp((zone - distance) / EdgeScroll::zone * speedAtEdge, 0.0, fastest); }

} // namespace

EdgeScroll::EdgeScroll(ChainCanvas &canvas, std::function<void()> follow) : m_canvas(canvas), m_follow(std::move(follow))
{
    m_timer.setInterval(frame);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
}

QMarginsF EdgeScroll::distances(const QPointF &position) const
{
    return {position.x(), position.y(), m_canvas.width() - position.x(), m_canvas.height() - position.y()};
}

void EdgeScroll::drag(const QPointF &position)
{
    const QMarginsF far = distances(position);
    const auto within = [](double distance) { return std::clamp(distance, 0.0, zone); };
    const QMarginsF here(within(far.left()), within(far.top()), within(far.right()), within(far.bottom()));
    // A zone that the drag has left once is whole.
    m_zones = m_isDragging ? m_zones | here : here;
    m_isDragging = true;
    m_velocity = {speed(far.right(), m_zones.right()) - speed(far.left(), m_zones.left()),
                  speed(far.bottom(), m_zones.bottom()) - speed(far.top(), m_zones.top())};
    if (m_velocity.isNull()) {
        m_timer.stop();
        m_owed = {};
    } else if (!m_timer.isActive()) {
        m_clock.start();
        m_timer.start();
    }
}

void EdgeScroll::stop()
{
    m_timer.stop();
    m_isDragging = false;
    m_velocity = {};
    m_owed = {};
}

void EdgeScroll::tick() { step(std::chrono::duration<double>(std::min(longestStep, static_cast<double>(m_clock.nsecsElapsed()) / 1e9))); }

void EdgeScroll::step(std::chrono::duration<double> elapsed)
{
    m_clock.start();
    // The view goes by whole pixels; the rest counts for the next step.
    m_owed += m_velocity * elapsed.count();
    const QPointF whole(std::trunc(m_owed.x()), std::trunc(m_owed.y()));
    m_owed -= whole;
    if (whole.isNull())
        return;
    const QPointF before = m_canvas.view().origin;
    m_canvas.pan(-whole);
    if (m_canvas.view().origin != before)
        m_follow();
}

} // namespace sluice
