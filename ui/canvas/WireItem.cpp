#include "canvas/WireItem.h"

#include "console/Words.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>
#include <QTransform>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sluice {

namespace {

constexpr int pieces = 20;
/// Below it a wire is a thin line of straight pieces.
constexpr double plainBelow = 0.45;

QString translated(const char *text) { return QCoreApplication::translate("sluice::WireItem", text); }

QFont labelFont(const CanvasView &view)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(qRound(11 * qMin(view.zoom, 1.5)));
    return font;
}

} // namespace

QPainterPath WireItem::curve(const QPointF &from, bool isFromBottom, const QPointF &to)
{
    QPainterPath path(from);
    if (isFromBottom) {
        const double reach = qBound(16.0, std::abs(to.x() - from.x()) * 0.7, 80.0);
        const double fall = qMax(24.0, (to.y() - from.y()) * 0.85);
        path.cubicTo(from + QPointF(0, fall), to - QPointF(reach, 0), to);
        return path;
    }
    const double dx = to.x() - from.x();
    // A wire that leads back swings out, so that it can be seen.
    const double reach = dx > 0 ? qBound(24.0, dx / 2, 160.0) : qBound(48.0, -dx / 2, 240.0);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

bool WireItem::setEnds(const QPointF &from, bool isFromBottom, const QPointF &to)
{
    if (from == m_from && to == m_to && isFromBottom == m_isFromBottom && !m_points.isEmpty())
        return false;
    m_from = from;
    m_to = to;
    m_isFromBottom = isFromBottom;
    m_path = curve(from, isFromBottom, to);
    const QPointF a = m_path.elementAt(1);
    const QPointF b = m_path.elementAt(2);
    m_points.resize(pieces + 1);
    for (int i = 0; i <= pieces; ++i) {
        const double t = static_cast<double>(i) / pieces;
        const double s = 1 - t;
        m_points[i] = s * s * s * from + 3 * s * s * t * a + 3 * s * t * t * b + t * t * t * to;
    }
    m_bounds = m_points.boundingRect().adjusted(-8, -8, 8, 8);
    return true;
}

double WireItem::distanceTo(const QPointF &point) const
{
    double best = std::numeric_limits<double>::max();
    for (qsizetype i = 0; i + 1 < m_points.size(); ++i) {
        const QPointF along = m_points[i + 1] - m_points[i];
        const double length = QPointF::dotProduct(along, along);
        const double t = length > 0 ? qBound(0.0, QPointF::dotProduct(point - m_points[i], along) / length, 1.0) : 0;
        const QPointF away = point - (m_points[i] + t * along);
        best = qMin(best, QPointF::dotProduct(away, away));
    }
    return std::sqrt(best);
}

QPainterPath WireItem::pathIn(const CanvasView &view) const
{
    QTransform toView;
    toView.scale(view.zoom, view.zoom);
    toView.translate(-view.origin.x(), -view.origin.y());
    return toView.map(m_path);
}

bool WireItem::setLive(const Live &live)
{
    if (live == m_live)
        return false;
    m_live = live;
    return true;
}

bool WireItem::setProblem(const QString &sentence)
{
    if (sentence == m_problem)
        return false;
    m_problem = sentence;
    return true;
}

QString WireItem::toolTip() const
{
    QStringList lines{spoken()};
    if (m_live.room > 0)
        lines << translated("At most %1 may wait").arg(words::counted(m_live.room, translated("record"), translated("records")));
    else if (m_wire.queue)
        lines << translated("At most %1 records wait").arg(words::count(*m_wire.queue));
    if (m_live.isRunning)
        lines << translated("Double click or T: look at what passes here");
    return lines.join(QLatin1Char('\n'));
}

QString WireItem::spoken() const
{
    QStringList lines{translated("%1 to %2").arg(QString::fromStdString(m_wire.from), QString::fromStdString(m_wire.to))};
    if (m_live.rate >= 0.5)
        lines << translated("%1 records a second").arg(words::count(static_cast<std::uint64_t>(std::llround(m_live.rate))));
    if (m_live.isRunning)
        lines << translated("%1 passed").arg(words::counted(m_live.passed, translated("record"), translated("records")));
    if (m_live.waiting > 0)
        lines << translated("%1 wait").arg(words::count(m_live.waiting));
    if (m_live.dropped > 0)
        lines << translated("%1 dropped").arg(words::count(m_live.dropped));
    if (!m_live.reason.isEmpty())
        lines << m_live.reason;
    if (!m_problem.isEmpty())
        lines << m_problem;
    return lines.join(QLatin1Char('\n'));
}

void WireItem::paint(QPainter &painter, const Look &look) const
{
    const Theme &theme = Appearance::theme();
    const char *token = "wire";
    if (m_live.isDead || !m_problem.isEmpty())
        token = "wireDead";
    else if (m_live.drops)
        token = "wireDrops";
    if (look.isSelected || look.isTarget)
        token = "accent";
    // A tenth more of it for each doubling: seen from one record a second to a million.
    double thickness = 1.5 + 0.25 * std::log2(1 + m_live.rate);
    thickness = qMin(thickness, 6.5) + (look.isSelected || look.isTarget ? 1.5 : look.isHovered ? 1 : 0);
    const double zoom = look.view.zoom;
    painter.setBrush(Qt::NoBrush);
    if (zoom < plainBelow || look.isPlain) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        // Wider lines without smooth edges cost ten times as much.
        painter.setPen(QPen(theme.color(token), look.isTarget || look.isSelected ? 2 : 0));
        QPointF points[pieces / 2 + 1];
        for (int i = 0; i <= pieces / 2; ++i)
            points[i] = look.view.toView(m_points[2 * i]);
        painter.drawPolyline(points, pieces / 2 + 1);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(token), thickness * qMax(0.7, qMin(zoom, 1.5)), Qt::SolidLine, Qt::RoundCap));
    // To stroke a curve costs as much out of sight as in it: only the pieces are that are to be seen.
    const double reach = (thickness + 2) / zoom + 1;
    const QRectF seen = look.seen.adjusted(-reach, -reach, reach, reach);
    const auto isSeen = [&](qsizetype piece) {
        const QPointF &from = m_points[piece];
        const QPointF &to = m_points[piece + 1];
        return std::min(from.x(), to.x()) <= seen.right() && std::max(from.x(), to.x()) >= seen.left() &&
               std::min(from.y(), to.y()) <= seen.bottom() && std::max(from.y(), to.y()) >= seen.top();
    };
    for (qsizetype first = 0; first < pieces; ++first) {
        if (!isSeen(first))
            continue;
        qsizetype last = first + 1;
        while (last < pieces && isSeen(last))
            ++last;
        painter.drawPath(part(first, last, look.view));
        first = last;
    }
}

// A part of a cubic Bézier curve is one, with tangents as long as it is.
QPainterPath WireItem::part(qsizetype first, qsizetype last, const CanvasView &view) const
{
    const QPointF a = m_path.elementAt(1);
    const QPointF b = m_path.elementAt(2);
    const auto slope = [&](double t) {
        const double s = 1 - t;
        return 3 * (s * s * (a - m_from) + 2 * s * t * (b - a) + t * t * (m_to - b));
    };
    const double begin = static_cast<double>(first) / pieces;
    const double end = static_cast<double>(last) / pieces;
    const double third = (end - begin) / 3;
    QPainterPath path(view.toView(m_points[first]));
    path.cubicTo(view.toView(m_points[first] + slope(begin) * third), view.toView(m_points[last] - slope(end) * third),
                 view.toView(m_points[last]));
    return path;
}

QString WireItem::label(bool isWhole) const
{
    QStringList parts;
    if (isWhole && m_live.isRunning)
        parts << translated("%1/s").arg(words::count(static_cast<std::uint64_t>(std::llround(m_live.rate))));
    // A queue that is about to be full is news; one that is used is not.
    if (m_live.waiting > 0 && (isWhole || (m_live.room > 0 && m_live.waiting * 10 >= m_live.room)))
        parts << translated("%1 wait").arg(words::count(m_live.waiting));
    if (m_live.dropped > 0)
        parts << translated("%1 dropped").arg(words::count(m_live.dropped));
    return parts.join(QStringLiteral(" · "));
}

QRectF WireItem::labelRect(const CanvasView &view, bool isWhole) const
{
    const QString text = label(isWhole);
    if (text.isEmpty() || view.zoom < plainBelow)
        return {};
    const QFontMetricsF metrics(labelFont(view));
    const double icon = isWhole ? metrics.height() + 2 : 0;
    QRectF pill(0, 0, std::ceil(metrics.horizontalAdvance(text) + icon) + 14, std::ceil(metrics.height()) + 4);
    // A short wire would vanish below it; the node at its end says the same. Who points at it sees it by the pointer.
    if (!isWhole && QLineF(m_from, m_to).length() * view.zoom < 1.6 * pill.width())
        return {};
    pill.moveCenter(view.toView(middle()));
    return pill;
}

void WireItem::paintLabel(QPainter &painter, const CanvasView &view, bool isWhole) const
{
    const QRectF pill = labelRect(view, isWhole);
    if (pill.isEmpty())
        return;
    const Theme &theme = Appearance::theme();
    painter.setFont(labelFont(view));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(m_live.isDead ? "wireDead" : m_live.drops ? "wireDrops" : isWhole ? "accent" : "nodeBorder"));
    painter.setBrush(theme.color("nodeSurface"));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    QRectF text = pill;
    if (isWhole) {
        const double side = std::round(pill.height() - 6);
        const QRectF eye(pill.left() + 6, pill.center().y() - side / 2, side, side);
        const double ratio = painter.device()->devicePixelRatioF();
        const QPixmap icon = tintedPixmap(QStringLiteral("eye"), qMax(1, qRound(side * ratio)), 1, theme.color("secondary"));
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(eye, icon, icon.rect());
        text.setLeft(eye.right());
    }
    painter.setPen(theme.color("text"));
    painter.drawText(text, Qt::AlignCenter, label(isWhole));
}

} // namespace sluice
