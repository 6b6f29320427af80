#pragma once

#include "chain/RoutingNode.h"
#include "record/LoggerTree.h"
#include "record/LogRecordBatch.h"

#include <memory>
#include <span>
#include <vector>

namespace sluice {

/// The way of records through a plan, and the memory that it takes. Each thread that takes records through the plan has
/// a walk of its own; the nodes are shared.
class RoutingWalk
{
public:
    /// What walks share. Outlives them.
    struct Ground
    {
        std::vector<std::unique_ptr<RoutingNode>> nodes;
        LoggerTree tree;
        std::vector<std::size_t> loggerNodes; ///< by number in the tree
        /// logging.lastResort: what no logger has a handler for goes there from WARNING up, as in Python.
        std::unique_ptr<Handler> lastResort;
        /// Two handlers share a file, or one is reached in two ways: then each record goes all its ways before the next.
        bool recordByRecord = false;
    };

    explicit RoutingWalk(const Ground &ground);

    /// Takes records along all wires of an entry. None has a level below `lowestLevel`.
    void run(const RoutingEntry &entry, RecordSpan records, int lowestLevel);
    /// The same to one node.
    void run(const RoutingStep &step, RecordSpan records, int lowestLevel);

private:
    void follow(const RoutingEntry &entry, RecordSpan records);
    void enterLoggers(RecordSpan records);
    void deliver(const RoutingStep &step, RecordSpan records);
    void deliverToHandler(const RoutingStep &step, RecordSpan records);

    /// What this walk keeps for a node.
    struct Place
    {
        std::vector<const LogRecord *> inbox;  ///< filled by the loggers
        std::vector<const LogRecord *> passed; ///< what passes the node's filter or level
        WhenFull whenFull = WhenFull::DropNewest;
    };

    const Ground &m_ground;
    LoggerTree m_tree; ///< routes are kept as they are asked for, so each walk has its own
    std::vector<Place> m_places;
    std::vector<std::size_t> m_touched;
    int m_lowestLevel = 0;
};

} // namespace sluice
