#pragma once

#include "chain/Chain.h"
#include "filter/Filter.h"
#include "record/LoggerTree.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

struct LogRecord;

/// A node that a record came to on its way through a chain.
struct TraceStep
{
    std::string node; ///< its id
    int depth = 0;    ///< nodes on the way before it; the receiver has 0
    bool passed = true;
    /// Of a node where the way ends: why, in a few words ("level ERROR is not reached").
    std::string reason;

    bool operator==(const TraceStep &) const = default;
};

/// Says which way a record goes through a chain, by what the chain says and without running it: filters and
/// levels decide, handlers are not made. What became of it at a node (a full queue, a disk that was full) is
/// the ledger's to say. An expression with `now` in it is asked with the time of asking. For one thread.
class ChainTracer
{
public:
    static constexpr std::size_t maxSteps = 500;

    /// The chain has no problems (Chain::check).
    explicit ChainTracer(const Chain &chain);

    /// The way from a receiver, depth first, as the router takes it; or from any other node, for a test record that was put
    /// in there. Empty if the chain has no such node.
    std::vector<TraceStep> trace(const LogRecord &record, std::string_view from);

private:
    struct Node
    {
        std::string id;
        NodeKind kind{};
        std::shared_ptr<Filter> filter; ///< of a filter; null if it cannot be made
        std::string words;              ///< what it does
        int level = 0;                  ///< of a handler
        bool heedsLevelBehind = false;  ///< of a QueueHandler
        std::vector<NameFilter> filters;
        std::vector<std::size_t> next;   ///< by wires from "out"
        std::vector<std::size_t> behind; ///< a handler's targets
    };
    struct Walk;

    void follow(Walk &walk, std::size_t node, int depth);
    void enterLoggers(Walk &walk, int depth);
    void enterFilter(Walk &walk, const Node &node, int depth);
    void enterHandler(Walk &walk, const Node &node, int depth, bool heedLevel);

    std::vector<Node> m_nodes;
    std::map<std::string, std::size_t, std::less<>> m_byId;
    LoggerTree m_tree;
    std::vector<std::size_t> m_loggers; ///< nodes by number in the tree
};

} // namespace sluice
