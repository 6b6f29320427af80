#include "chain/ChainDifference.h"

#include <map>
#include <tuple>

namespace sluice {

namespace {

/// What is in one of two maps alone, or not the same in both.
template <typename Map, typename Same>
std::size_t differences(const Map &a, const Map &b, Same same)
{
    std::size_t count = 0;
    for (const auto &[key, item] : a) {
        const auto other = b.find(key);
        count += other == b.end() || !same(*item, *other->second) ? 1 : 0;
    }
    for (const auto &[key, item] : b)
        count += a.contains(key) ? 0 : 1;
    return count;
}

auto nodesById(const Chain &chain)
{
    std::map<std::string_view, const ChainNode *> nodes;
    for (const ChainNode &node : chain.nodes())
        nodes.emplace(node.id, &node);
    return nodes;
}

auto wiresByEnds(const Chain &chain)
{
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, const Wire *> wires;
    for (const Wire &wire : chain.wires())
        wires.emplace(std::tuple<std::string_view, std::string_view, std::string_view>(wire.from, wire.port, wire.to), &wire);
    return wires;
}

} // namespace

std::size_t differencesThatRun(const Chain &before, const Chain &after)
{
    return differences(nodesById(before), nodesById(after),
                       [](const ChainNode &a, const ChainNode &b) { return a.type == b.type && a.params == b.params; }) +
           differences(wiresByEnds(before), wiresByEnds(after), [](const Wire &a, const Wire &b) { return a == b; });
}

} // namespace sluice
