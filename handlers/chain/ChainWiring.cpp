#include "chain/ChainWiring.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluice {

namespace {

using Neighbours = std::multimap<std::string_view, std::string_view>;

/// A node and all that can be reached from it.
std::set<std::string_view> reached(std::string_view start, const Neighbours &neighbours)
{
    std::set<std::string_view> found{start};
    std::vector<std::string_view> open{start};
    while (!open.empty()) {
        const auto [first, last] = neighbours.equal_range(open.back());
        open.pop_back();
        for (auto it = first; it != last; ++it) {
            if (found.insert(it->second).second)
                open.push_back(it->second);
        }
    }
    return found;
}

bool hasLogger(const Chain &chain, const std::set<std::string_view> &ids)
{
    return std::ranges::any_of(chain.nodes(), [&](const ChainNode &node) {
        return node.type->kind() == NodeKind::Logger && ids.contains(node.id);
    });
}

/// A chain seen from both ends of its wires.
struct Net
{
    explicit Net(const Chain &chain)
    {
        for (const Wire &wire : chain.wires()) {
            after.emplace(wire.from, wire.to);
            before.emplace(wire.to, wire.from);
        }
    }

    Neighbours after;
    Neighbours before;
};

/// All nodes from which a logger can be reached, or that can be reached from one, loggers included.
std::set<std::string_view> aroundLoggers(const Chain &chain, const Neighbours &neighbours)
{
    std::set<std::string_view> found;
    for (const ChainNode &node : chain.nodes()) {
        if (node.type->kind() == NodeKind::Logger && !found.contains(node.id))
            found.merge(reached(node.id, neighbours));
    }
    return found;
}

bool hasWire(const Chain &chain, const Wire &wire)
{
    return std::ranges::any_of(chain.wires(), [&](const Wire &other) {
        return other.hasSameEnds(wire) || (other.from == wire.from && other.port == wire.port &&
                                           chain.node(wire.from)->type->output(wire.port)->single);
    });
}

} // namespace

std::string whyNotConnect(const Chain &chain, const Wire &wire)
{
    if (const Problems problems = chain.checkWire(wire, {}); !problems.empty())
        return problems.front().text;
    for (const Wire &other : chain.wires()) {
        if (other.hasSameEnds(wire))
            return "The same wire is there already.";
        if (other.from == wire.from && other.port == wire.port && chain.node(wire.from)->type->output(wire.port)->single)
            return "Output \"" + wire.port + "\" of \"" + wire.from + "\" takes one wire only.";
    }
    const auto [after, before] = Net(chain);
    const std::set<std::string_view> below = reached(wire.to, after);
    if (below.contains(wire.from))
        return "The wire from \"" + wire.from + "\" to \"" + wire.to + "\" closes a circle.";
    if (hasLogger(chain, below) && hasLogger(chain, reached(wire.from, before)))
        return "Loggers pass records to their parents by themselves: no wire may lead from loggers back to loggers.";
    return {};
}

std::vector<Wire> possibleWires(const Chain &chain, std::string_view from, std::string_view to)
{
    std::vector<Wire> wires;
    const ChainNode *source = chain.node(from);
    if (!source)
        return wires;
    for (const PortSpec &port : source->type->outputs()) {
        Wire wire{std::string(from), port.name, std::string(to), {}, {}};
        if (whyNotConnect(chain, wire).empty())
            wires.push_back(std::move(wire));
    }
    return wires;
}

std::vector<Wire> possibleWiresFrom(const Chain &chain, std::string_view from, std::string_view port)
{
    std::vector<Wire> wires;
    const auto [after, before] = Net(chain);
    const std::set<std::string_view> above = reached(from, before);
    const std::set<std::string_view> aboveLoggers =
        hasLogger(chain, above) ? aroundLoggers(chain, before) : std::set<std::string_view>();
    for (const ChainNode &node : chain.nodes()) {
        Wire wire{std::string(from), std::string(port), node.id, {}, {}};
        if (!above.contains(node.id) && !aboveLoggers.contains(node.id) && chain.checkWire(wire, {}).empty() && !hasWire(chain, wire))
            wires.push_back(std::move(wire));
    }
    return wires;
}

std::vector<Wire> possibleWiresTo(const Chain &chain, std::string_view to)
{
    std::vector<Wire> wires;
    const auto [after, before] = Net(chain);
    const std::set<std::string_view> below = reached(to, after);
    const std::set<std::string_view> belowLoggers =
        hasLogger(chain, below) ? aroundLoggers(chain, after) : std::set<std::string_view>();
    for (const ChainNode &node : chain.nodes()) {
        if (below.contains(node.id) || belowLoggers.contains(node.id))
            continue;
        for (const PortSpec &port : node.type->outputs()) {
            Wire wire{node.id, port.name, std::string(to), {}, {}};
            if (chain.checkWire(wire, {}).empty() && !hasWire(chain, wire))
                wires.push_back(std::move(wire));
        }
    }
    return wires;
}

} // namespace sluice
