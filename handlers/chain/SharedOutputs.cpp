#include "chain/SharedOutputs.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace sluice {

namespace {

/// A node is reached by two handlers' targets, or by one and by an ordinary wire.
bool hasNodeWithTwoWays(const Chain &chain)
{
    struct Ways
    {
        int wires = 0;
        int targets = 0;
    };
    std::map<std::string, Ways> waysIn;
    for (const Wire &wire : chain.wires()) {
        Ways &ways = waysIn[wire.to];
        ++(chain.node(wire.from)->type->kind() == NodeKind::Handler ? ways.targets : ways.wires);
    }
    return std::ranges::any_of(waysIn, [](const auto &way) {
        return way.second.targets > 1 || (way.second.targets > 0 && way.second.wires > 0);
    });
}

} // namespace

std::string sharedOutput(const NodeType &type, const QJsonObject &params, const NodeContext &context)
{
    if (type.kind() != NodeKind::Handler)
        return {};
    if (const ParamSpec *file = type.param("filename"); file && file->type == ParamSpec::Type::Path)
        return context.resolve(params.value(u"filename").toString().toStdString());
    if (const ParamSpec *stream = type.param("stream"))
        return "stream " + params.value(u"stream").toString(stream->defaultValue.toString()).toStdString();
    return {};
}

bool needsRecordOrder(const Chain &chain, const NodeContext &context)
{
    if (hasNodeWithTwoWays(chain))
        return true;
    std::vector<std::string> outputs;
    for (const ChainNode &node : chain.nodes()) {
        if (std::string output = sharedOutput(*node.type, node.params, context); !output.empty())
            outputs.push_back(std::move(output));
    }
    // One file is another's backup if its name goes on behind a dot; sorted, such names stand near each other.
    std::ranges::sort(outputs);
    for (std::size_t i = 0; i + 1 < outputs.size(); ++i) {
        for (std::size_t j = i + 1; j < outputs.size() && outputs[j].starts_with(outputs[i]); ++j) {
            if (outputs[j].size() == outputs[i].size() || outputs[j][outputs[i].size()] == '.')
                return true;
        }
    }
    return false;
}

} // namespace sluice
