#pragma once

#include "base/Arena.h"
#include "base/Result.h"
#include "wire/PickleGraph.h"
#include "wire/PickleReader.h"
#include "wire/UniqueKeys.h"

#include <cstdint>
#include <string>

namespace sluice {

/// Makes Values of what a pickle has built. What is shared in the graph stays shared in the values; size and
/// depth are counted as if it were not, since whoever walks the values sees it so.
class PickleFinisher
{
public:
    PickleFinisher(PickleGraph &graph, const PickleLimits &limits) : m_graph(graph), m_limits(limits) {}

    Result<Value> finish(const PickleGraph::Item &item, Arena &arena);

private:
    /// A finished value with its measures.
    struct Part
    {
        Value value;
        std::uint32_t height = 0;
        std::uint64_t expandedBytes = sizeof(Value);
    };

    bool finishItem(const PickleGraph::Item &item, std::size_t depth, Part &part);
    bool finishNode(PickleGraph::NodeIndex index, std::size_t depth, Part &part);
    bool finishSequence(PickleGraph::NodeIndex index, Value::Kind kind, std::size_t depth, Part &part);
    bool finishDict(PickleGraph::NodeIndex index, std::size_t depth, Part &part);
    bool finishInstance(PickleGraph::NodeIndex index, std::size_t depth, Part &part);
    bool include(const Part &member, Part &whole);
    bool fail(const char *sentence);

    PickleGraph &m_graph;
    const PickleLimits &m_limits;
    Arena *m_arena = nullptr;
    UniqueKeys m_keys;
    std::string m_error;
};

} // namespace sluice
