#pragma once

#include "chain/OutputQueue.h"
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

/// One wire of a plan: the node at its end, by number.
struct RoutingStep
{
    std::size_t node = 0;
    WhenFull whenFull = WhenFull::DropNewest; ///< of the queue before the node, if it has one
};

/// Where records go on: the wires from an output.
struct RoutingEntry
{
    bool entersLoggers = false;
    std::vector<RoutingStep> steps;
};

/// A node of a chain that runs. All but the counters and what its mutex guards is fixed once the plan is built.
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
    RoutingEntry next;

    std::atomic<std::uint64_t> received{0};
    std::atomic<std::uint64_t> filtered{0};
    std::atomic<std::uint64_t> dropped{0};
    mutable std::mutex mutex;
    bool failed = false; ///< guarded by mutex
    std::string reason;  ///< guarded by mutex
};

} // namespace sluice
