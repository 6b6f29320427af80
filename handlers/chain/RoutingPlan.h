#pragma once

#include "chain/Chain.h"
#include "chain/RouterStatus.h"
#include "handler/StreamHandler.h"
#include "record/LoggerTree.h"
#include "record/LogRecordBatch.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sluice {

class Filter;
class Handler;

/// A chain made ready to run: its nodes exist, its wires are numbers, and a batch goes through it without looking
/// anything up. Built and used by the router's thread; status() may be called from any.
class RoutingPlan
{
public:
    /// Makes filters, loggers and handlers. What cannot be made fails alone: records that come to it are dropped.
    RoutingPlan(const Chain &chain, const NodeContext &context);
    ~RoutingPlan();
    RoutingPlan(const RoutingPlan &) = delete;
    RoutingPlan &operator=(const RoutingPlan &) = delete;

    /// Where the records of a receiver enter. Valid as long as the plan.
    struct Entry
    {
        bool entersLoggers = false;
        std::vector<std::size_t> nodes;
    };
    const Entry &entryOf(std::string_view receiver) const;
    /// Where replayed records enter: at the loggers if there are any; else at the nodes that receivers feed; else at
    /// those that nothing feeds.
    Entry replayEntry() const;

    /// Takes a batch through the chain.
    void run(const Entry &entry, const LogRecordBatch &batch);

    /// Flushes and closes the handlers, each before the ones it passes records to.
    void close();

    /// What is known of a node that is no receiver.
    NodeStatus status(std::string_view id) const;

private:
    struct Node;
    class NodeTarget;

    void make(Node &node, const NodeContext &context);
    void connectTarget(Node &node, const Chain &chain);
    bool needsRecordOrder(const Chain &chain, const NodeContext &context) const;
    std::vector<std::size_t> closingOrder(const Chain &chain) const;

    void run(const Entry &entry, RecordSpan records);
    void enterLoggers(RecordSpan records);
    void deliver(std::size_t node, RecordSpan records);
    void deliverToHandler(Node &node, RecordSpan records);
    std::size_t indexOf(std::string_view id) const;

    std::vector<std::unique_ptr<Node>> m_nodes;
    std::vector<std::size_t> m_loggerNodes; ///< by number in the tree
    LoggerTree m_tree;
    /// logging.lastResort: what no logger has a handler for goes to stderr from WARNING up, as in Python.
    StreamHandler m_lastResort;
    std::vector<std::size_t> m_touched;
    std::vector<const LogRecord *> m_pointers;
    int m_lowestLevel = 0; ///< of the batch under way
    /// Two handlers share a file, or one is reached in two ways: then each record goes all its ways before the next.
    bool m_recordByRecord = false;
    std::vector<std::size_t> m_closingOrder;
};

} // namespace sluice
