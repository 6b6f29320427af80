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
        std::vector<std::shared_ptr<RoutingNode>> nodes;
        std::vector<RoutingEntry> next; ///< of each node: where what leaves its output "out" goes
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
    /// Gives what a handler passes on to the node at the end of one wire, whatever that one's level, as in Python.
    void passOn(const RoutingStep &step, RecordSpan records);

private:
    void follow(const RoutingEntry &entry, RecordSpan records);
    void enterLoggers(RecordSpan records);
    enum class Level { Heeded, Ignored };
    void deliver(const RoutingStep &step, RecordSpan records, Level level = Level::Heeded);
    void deliverToHandler(const RoutingStep &step, RecordSpan records, Level level);
    // The same while test records are under way: these are told of each node.
    void deliverWatched(const RoutingStep &step, RecordSpan records, Level level);
    void enterLoggersWatched(RecordSpan records);
    void enterLoggersAlone(const LogRecord &record);
    void deliverAll(const RoutingStep &step, RecordSpan records, Level level);

    /// What this walk keeps for a node.
    struct Place
    {
        std::vector<const LogRecord *> inbox;  ///< filled by the loggers
        std::vector<const LogRecord *> passed; ///< what passes the node's filter or level
        RoutingStep step; ///< the last by which any came
    };

    const Ground &m_ground;
    LoggerTree m_tree; ///< routes are kept as they are asked for, so each walk has its own
    std::vector<Place> m_places;
    std::vector<std::size_t> m_touched;
    std::vector<std::size_t> m_ofLogger;      ///< by number in the tree: records of this batch that it passed
    std::vector<std::size_t> m_loggersPassed; ///< that passed any
    int m_lowestLevel = 0;
};

} // namespace sluice
