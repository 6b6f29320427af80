#pragma once

#include "canvas/CanvasView.h"
#include "chain/Wire.h"

#include <QPainterPath>
#include <QPolygonF>
#include <QString>

class QPainter;

namespace sluice {

/// A wire on the canvas: a smooth curve, as thick as its rate is high; amber when it drops, red when what it leads to is dead.
/// For the UI thread.
class WireItem
{
public:
    /// What a running wire shows.
    struct Live
    {
        double rate = 0; ///< records a second
        std::uint64_t passed = 0;
        std::uint64_t dropped = 0;
        std::uint64_t waiting = 0; ///< before its end
        std::uint64_t room = 0;    ///< that may wait there; 0: nothing waits
        bool isRunning = false;
        bool drops = false;
        bool isDead = false;
        QString reason; ///< of either

        bool operator==(const Live &) const = default;
    };

    struct Look
    {
        CanvasView view;
        bool isSelected = false;
        bool isHovered = false;
        QRectF seen;           ///< what of the scene is to be painted
        bool isPlain = false;  ///< rather quick than sharp
        bool isTarget = false; ///< a node that is being dragged would be put in here
    };

    explicit WireItem(Wire wire) : m_wire(std::move(wire)) {}

    const Wire &wire() const { return m_wire; }
    void set(Wire wire) { m_wire = std::move(wire); }

    /// Where its ends are; whether that is news.
    bool setEnds(const QPointF &from, bool isFromBottom, const QPointF &to);
    const QRectF &bounds() const { return m_bounds; }
    /// The curve as it is seen.
    QPainterPath pathIn(const CanvasView &view) const;
    QPointF middle() const { return m_path.elementCount() ? m_path.pointAtPercent(0.5) : QPointF(); }
    /// In units of the scene.
    double distanceTo(const QPointF &point) const;

    bool setLive(const Live &live);
    const Live &live() const { return m_live; }
    bool setProblem(const QString &sentence);
    QString toolTip() const;
    QString spoken() const;

    void paint(QPainter &painter, const Look &look) const;
    /// What needs to be read, above all nodes: what is lost and what waits, and where somebody points, everything.
    void paintLabel(QPainter &painter, const CanvasView &view, bool isWhole) const;
    /// Where that stands, in the widget; empty if there is nothing to say or no room.
    QRectF labelRect(const CanvasView &view, bool isWhole) const;
    QString label(bool isWhole) const;

    /// The curve from an output to a point.
    static QPainterPath curve(const QPointF &from, bool isFromBottom, const QPointF &to);

private:
    /// The part of the curve between two of its points.
    QPainterPath part(qsizetype first, qsizetype last, const CanvasView &view) const;

    Wire m_wire;
    QPointF m_from;
    QPointF m_to;
    bool m_isFromBottom = false;
    QPainterPath m_path;
    QPolygonF m_points; ///< along the path
    QRectF m_bounds;
    Live m_live;
    QString m_problem;
};

} // namespace sluice
