#include "canvas/ChainActivity.h"

#include "console/Words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

/// So much of a rate is that of the last moment: the figure follows within a second and does not flicker.
constexpr double freshness = 0.4;

QString translated(const char *text) { return QCoreApplication::translate("sluice::ChainActivity", text); }

double smoothed(double before, std::uint64_t from, std::uint64_t to, double seconds)
{
    const double now = to > from ? static_cast<double>(to - from) / seconds : 0;
    const double rate = before + freshness * (now - before);
    return rate < 0.05 ? 0 : rate;
}

QString counted(double rate) { return words::count(static_cast<std::uint64_t>(std::llround(rate))); }

} // namespace

void ChainActivity::clear()
{
    m_figures.clear();
    m_wires.clear();
    m_time = 0;
}

void ChainActivity::update(const RouterStatus &status, qint64 time)
{
    const double seconds = static_cast<double>(time - m_time) / 1e9;
    const bool hasBefore = m_time != 0 && seconds > 0;
    m_time = time;
    std::unordered_map<std::string, Figures> figures;
    for (const NodeStatus &node : status.nodes) {
        Figures now;
        now.status = node;
        now.passed = node.received - std::min(node.received, node.filtered);
        if (const auto before = m_figures.find(node.id); hasBefore && before != m_figures.end()) {
            now.passedRate = smoothed(before->second.passedRate, before->second.passed, now.passed, seconds);
        }
        figures.emplace(node.id, std::move(now));
    }
    for (const SourceStatus &source : status.sources) {
        for (const DropStatus &drop : source.drops) {
            if (const auto node = figures.find(drop.node); node != figures.end())
                node->second.dropReason = drop.reason;
        }
    }
    m_figures = std::move(figures);
    std::unordered_map<std::string, WireFigures> wires;
    for (const WireStatus &wire : status.wires) {
        std::string key = keyOf(wire.from, wire.port, wire.to);
        if (const auto node = m_figures.find(wire.to); node != m_figures.end())
            node->second.droppedAtWires += wire.dropped;
        WireFigures now{wire, 0};
        if (const auto before = m_wires.find(key); hasBefore && before != m_wires.end())
            now.rate = smoothed(before->second.rate, before->second.status.passed, wire.passed, seconds);
        wires.emplace(std::move(key), std::move(now));
    }
    m_wires = std::move(wires);
}

std::optional<NodeItem::Live> ChainActivity::node(const std::string &id) const
{
    const auto found = m_figures.find(id);
    if (found == m_figures.end())
        return {};
    const Figures &figures = found->second;
    NodeItem::Live live;
    live.state = figures.status.state;
    live.reason = QString::fromStdString(figures.status.reason);
    live.counters = words::counted(figures.passed, translated("record"), translated("records"));
    if (figures.passedRate >= 0.5)
        live.counters += translated(" · %1/s").arg(counted(figures.passedRate));
    if (figures.status.pending > 0)
        live.counters += translated(" · %1 held").arg(words::count(figures.status.pending));
    if (figures.status.dropped > 0)
        live.dropped = translated("%1 dropped").arg(words::count(figures.status.dropped));
    return live;
}

std::string ChainActivity::keyOf(const std::string &from, const std::string &port, const std::string &to)
{
    return from + '\0' + port + '\0' + to;
}

WireItem::Live ChainActivity::wire(const Wire &wire) const
{
    WireItem::Live live;
    const auto figures = m_wires.find(keyOf(wire.from, wire.port, wire.to));
    const auto to = m_figures.find(wire.to);
    if (figures == m_wires.end() || to == m_figures.end())
        return live;
    const NodeStatus &target = to->second.status;
    const WireStatus &status = figures->second.status;
    live.rate = figures->second.rate;
    live.passed = status.passed;
    live.dropped = status.dropped;
    live.waiting = status.waiting;
    live.room = status.room;
    live.isRunning = true;
    if (target.state == NodeStatus::State::Failed) {
        live.isDead = true;
        live.reason = QString::fromStdString(target.reason);
    } else if (status.dropped > 0 || target.dropped > to->second.droppedAtWires) {
        // Lost here, or by the handler itself; not what another wire to it lost.
        live.drops = true;
        live.reason = to->second.dropReason.empty() ? QString::fromStdString(target.reason) : QString::fromStdString(to->second.dropReason);
    }
    return live;
}

} // namespace sluice
