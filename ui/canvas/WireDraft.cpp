#include "canvas/WireDraft.h"

#include "chain/ChainWiring.h"

#include <algorithm>

namespace sluice {

namespace {

/// A wire that ends so near to a node means that node.
constexpr double reach = 16;

} // namespace

WireDraft::WireDraft(const ChainScene &scene, ChainScene::Port begin)
    : m_scene(&scene), m_begin(std::move(begin)),
      m_possible(m_begin.output.empty() ? possibleWiresTo(scene.chain(), m_begin.node)
                                        : possibleWiresFrom(scene.chain(), m_begin.node, m_begin.output)),
      m_end(beginPoint())
{
}

QPointF WireDraft::beginPoint() const
{
    const NodeItem *node = m_scene->node(m_begin.node);
    if (!node)
        return {};
    const auto port = node->outputIndex(m_begin.output);
    return port ? node->output(*port) : node->input();
}

bool WireDraft::mayReach(const std::string &node) const
{
    return std::ranges::any_of(m_possible, [&](const Wire &wire) { return (isBackwards() ? wire.from : wire.to) == node; });
}

void WireDraft::aimAt(const QPointF &point)
{
    m_end = point;
    m_aim.reset();
    m_why.clear();
    const NodeItem *node = m_scene->nodeAt(point);
    for (const NodeItem &item : m_scene->nodes()) {
        if (!node && item.rect().adjusted(-reach, -reach, reach, reach).contains(point))
            node = &item;
    }
    if (!node || node->id() == m_begin.node)
        return;
    Wire tried{m_begin.node, m_begin.output, node->id(), {}, {}};
    if (isBackwards()) {
        tried = {node->id(), "out", m_begin.node, {}, {}};
        // Of several outputs, the one that is nearest.
        double best = 1e9;
        for (std::size_t i = 0; i < node->type().outputs().size(); ++i) {
            if (const double distance = QLineF(node->output(i), point).length(); distance < best) {
                best = distance;
                tried.port = node->type().outputs()[i].name;
            }
        }
    }
    if (std::ranges::find(m_possible, tried) != m_possible.end())
        aimAt(tried);
    else
        m_why = QString::fromStdString(whyNotConnect(m_scene->chain(), tried));
}

void WireDraft::aimAt(const Wire &wire)
{
    m_aim = wire;
    m_why.clear();
    const NodeItem *node = m_scene->node(isBackwards() ? wire.from : wire.to);
    if (!node)
        return;
    const auto port = node->outputIndex(wire.port);
    m_end = isBackwards() && port ? node->output(*port) : node->input();
}

} // namespace sluice
