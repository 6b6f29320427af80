#include "canvas/TestLights.h"

#include "look/Appearance.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <map>

namespace sluice {

namespace {

constexpr double badgeRadius = 9;

const char *tokenOf(TestStep::Outcome outcome)
{
    switch (outcome) {
    case TestStep::Outcome::Passed:
    case TestStep::Outcome::Written:
        return "ok";
    case TestStep::Outcome::Rejected:
        return "secondary";
    case TestStep::Outcome::Lost:
        return "problem";
    case TestStep::Outcome::Working:
    case TestStep::Outcome::Waiting:
        break;
    }
    return "wireDrops";
}

} // namespace

const WireItem *TestLights::wireTo(const TestStep &step, const ChainScene &scene) const
{
    if (step.from >= m_steps.size())
        return nullptr;
    const std::string &from = m_steps[step.from].node;
    // Of a logger it is not known by which wire of the tree it was reached.
    const auto found = std::ranges::find_if(scene.wires(), [&](const WireItem &item) {
        const Wire &wire = item.wire();
        return wire.from == from && wire.to == step.node && (step.port.empty() || wire.port == step.port);
    });
    return found == scene.wires().end() ? nullptr : &*found;
}

std::vector<Wire> TestLights::wires(const ChainScene &scene) const
{
    std::vector<Wire> lit;
    for (const TestStep &step : m_steps) {
        if (const WireItem *item = wireTo(step, scene))
            lit.push_back(item->wire());
    }
    return lit;
}

void TestLights::paintWires(QPainter &painter, const ChainScene &scene, const CanvasView &view) const
{
    for (const TestStep &step : m_steps) {
        const WireItem *item = wireTo(step, scene);
        if (!item)
            continue;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Appearance::theme().color(tokenOf(step.outcome)), 4 * qBound(0.5, view.zoom, 1.5), Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(item->pathIn(view));
    }
}

void TestLights::paintNodes(QPainter &painter, const ChainScene &scene, const CanvasView &view) const
{
    const Theme &theme = Appearance::theme();
    const double scale = qBound(0.6, view.zoom, 1.5);
    const double radius = badgeRadius * scale;
    QFont font = QGuiApplication::font();
    font.setPixelSize(qMax(7, qRound(11 * scale)));
    font.setWeight(QFont::DemiBold);
    std::map<std::string_view, int> before; // a node may be reached more than once
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const NodeItem *node = scene.node(m_steps[i].node);
        if (!node)
            continue;
        const QColor color = theme.color(tokenOf(m_steps[i].outcome));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 2.5));
        painter.drawRoundedRect(view.toView(node->rect()).adjusted(-1.5, -1.5, 1.5, 1.5), 9 * view.zoom, 9 * view.zoom);
        const int place = before[m_steps[i].node]++;
        const QPointF centre = view.toView(node->rect().topLeft()) + QPointF((2.2 * place) * radius, 0);
        painter.setPen(QPen(theme.color("canvas"), 2));
        painter.setBrush(color);
        painter.drawEllipse(centre, radius, radius);
        painter.setPen(theme.color("canvas"));
        painter.setFont(font);
        painter.drawText(QRectF(centre - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius)), Qt::AlignCenter, QString::number(i + 1));
        // Which the frame runs through.
        node->paintWeakness(painter, view);
    }
}

} // namespace sluice
