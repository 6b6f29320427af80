#include "canvas/CanvasDrop.h"

#include "chain/ChainWiring.h"

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

/// The middle of a node this near to a wire is on it.
constexpr double onWire = 30;
/// Nodes with less than this between them are close.
constexpr double close = 56;

double gapBetween(const QRectF &a, const QRectF &b)
{
    const double x = std::max({0.0, a.left() - b.right(), b.left() - a.right()});
    const double y = std::max({0.0, a.top() - b.bottom(), b.top() - a.bottom()});
    return std::hypot(x, y);
}

} // namespace

CanvasDrop::CanvasDrop(const ChainScene &scene, const std::string &id)
    : m_scene(scene), m_trial(scene.chain()), m_id(id),
      m_isFree(std::ranges::none_of(scene.chain().wires(), [&](const Wire &wire) { return wire.from == id || wire.to == id; }))
{
}

CanvasDrop::CanvasDrop(const ChainScene &scene, const NodeType &type) : m_scene(scene), m_trial(scene.chain())
{
    ChainNode node;
    node.type = &type;
    if (const Result<std::string> added = m_trial.addNode(std::move(node)))
        m_id = *added;
    m_isFree = !m_id.empty();
}

bool CanvasDrop::canInsertOn(const Wire &wire)
{
    if (!m_tried || !m_tried->hasSameEnds(wire)) {
        m_tried = wire;
        m_triedFits = m_trial.insertOnWire(m_id, wire).ok();
        if (m_triedFits)
            m_trial.undo();
    }
    return m_triedFits;
}

CanvasDrop::Plan CanvasDrop::planFor(const QRectF &rect, const QPointF &pointer)
{
    Plan plan;
    if (!m_isFree)
        return plan;
    const WireItem *wire = m_scene.wireAt(pointer, close / 4);
    if (!wire)
        wire = m_scene.wireAt(rect.center(), onWire);
    if (wire && canInsertOn(wire->wire())) {
        plan.insertOn = wire->wire();
        return plan;
    }
    const NodeItem *nearest = nullptr;
    double best = close;
    for (const NodeItem &item : m_scene.nodes()) {
        if (item.id() == m_id)
            continue;
        if (const double gap = gapBetween(rect, item.rect()); gap < best) {
            best = gap;
            nearest = &item;
        }
    }
    if (!nearest)
        return plan;
    std::vector<Wire> wires = possibleWires(m_trial.chain(), nearest->id(), m_id);
    for (Wire &back : possibleWires(m_trial.chain(), m_id, nearest->id()))
        wires.push_back(std::move(back));
    if (wires.size() == 1)
        plan.connect = std::move(wires.front());
    return plan;
}

void CanvasDrop::carryOut(const Plan &plan, const std::string &id, ChainEditor &editor)
{
    // What was possible on the copy is possible on the chain; if not, the node just lies there.
    if (plan.insertOn)
        [[maybe_unused]] const Status inserted = editor.insertOnWire(id, *plan.insertOn);
    else if (plan.connect)
        [[maybe_unused]] const Status connected = editor.connect(*plan.connect);
}

QRectF CanvasDrop::rectAround(const QPointF &centre, bool isFree)
{
    QPointF corner = centre - QPointF(NodeItem::width / 2, NodeItem::height / 2);
    if (!isFree) {
        corner.setX(std::round(corner.x() / ChainLayout::grid) * ChainLayout::grid);
        corner.setY(std::round(corner.y() / ChainLayout::grid) * ChainLayout::grid);
    }
    return {corner, QSizeF(NodeItem::width, NodeItem::height)};
}

QPointF CanvasDrop::freePlace(const ChainScene &scene, QPointF wanted)
{
    const double step = NodeItem::height + ChainLayout::rowGap;
    const auto isCovered = [&](const QPointF &corner) {
        const QRectF rect(corner, QSizeF(NodeItem::width, NodeItem::height));
        return std::ranges::any_of(scene.nodes(), [&](const NodeItem &item) { return item.rect().intersects(rect); });
    };
    // Each node may be in the way once.
    for (std::size_t i = 0; i <= scene.nodes().size() && isCovered(wanted); ++i)
        wanted.ry() += step;
    return wanted;
}

} // namespace sluice
