#pragma once

#include "chain/OutputQueue.h"
#include "chain/RouterStatus.h"
#include "filter/Filter.h"
#include "handler/QueueListener.h"
#include "node/NodeType.h"

#include <QJsonObject>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sluice {

class WireMeter;

/// One wire of a plan: the node at its end, by number.
struct RoutingStep
{
    std::size_t node = 0;
    WhenFull whenFull = WhenFull::DropNewest; ///< of the queue before the node, if it has one
    WireMeter *wire = nullptr;                ///< the plan's
};

/// Where records go on: the wires from an output.
struct RoutingEntry
{
    bool entersLoggers = false;
    std::vector<WireMeter *> loggerWires; ///< by which they enter
    std::vector<RoutingStep> steps;
};

/// A node of a chain that runs; where its records go is the plan's. All but the counters and what its mutex guards is fixed
/// once it is made. A plan that takes the place of another shares the nodes that are the same in both.
struct RoutingNode
{
    std::string id;
    const NodeType *type = nullptr;
    QJsonObject params;

    // Which of these a node has follows from its kind; none of them if it could not be made.
    std::shared_ptr<Filter> filter;
    std::shared_ptr<Handler> handler;
    std::shared_ptr<LoggerConfig> logger;
    std::vector<NameFilter> loggerFilters;
    std::shared_ptr<QueueListener> listener; ///< of a QueueHandler
    std::unique_ptr<OutputQueue> output;     ///< before a handler that waits for others

    std::atomic<std::uint64_t> received{0};
    std::atomic<std::uint64_t> filtered{0};
    std::atomic<std::uint64_t> dropped{0};
    mutable std::mutex mutex;
    bool failed = false; ///< guarded by mutex
    std::string reason;  ///< guarded by mutex

    /// Any thread. A node that is no receiver.
    NodeStatus status() const;
};

} // namespace sluice
