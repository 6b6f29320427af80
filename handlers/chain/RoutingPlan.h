#pragma once

#include "chain/Chain.h"
#include "chain/RouterStatus.h"
#include "chain/RoutingWalk.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// A chain made ready to run: its nodes exist, its wires are numbers, and a batch goes through it without looking
/// anything up. Built and used by the router's thread; status() and beginStop() may be called from any.
class RoutingPlan
{
public:
    /// Makes filters, loggers and handlers. What cannot be made fails alone: records that come to it are dropped.
    /// `whenFull`: of wires that do not say it.
    RoutingPlan(const Chain &chain, const NodeContext &context, WhenFull whenFull);
    ~RoutingPlan();
    RoutingPlan(const RoutingPlan &) = delete;
    RoutingPlan &operator=(const RoutingPlan &) = delete;

    /// Where the records of a receiver enter. Valid as long as the plan.
    const RoutingEntry &entryOf(std::string_view receiver) const;
    /// Where replayed records enter: at the loggers if there are any; else at the nodes that receivers feed; else at
    /// those that nothing feeds.
    RoutingEntry replayEntry() const;

    /// Takes a batch through the chain.
    void run(const RoutingEntry &entry, const LogRecordBatch &batch);

    /// The router is about to stop: handlers that get nothing out any more are given up after a while.
    void beginStop();

    /// Empties the queues, and flushes and closes the handlers, each before the ones it passes records to.
    void close();

    /// What is known of a node that is no receiver.
    NodeStatus status(std::string_view id) const;

private:
    class NodeTarget;

    void make(RoutingNode &node, const NodeContext &context);
    void addOutputQueue(RoutingNode &node, const Chain &chain);
    std::shared_ptr<Handler> handlerAt(const Wire &wire);
    void connectTarget(RoutingNode &node, const Chain &chain);
    void startListener(RoutingNode &node, const Chain &chain);
    bool needsRecordOrder(const Chain &chain, const NodeContext &context) const;
    std::vector<std::size_t> closingOrder(const Chain &chain) const;
    std::size_t indexOf(std::string_view id) const;
    RoutingStep stepOf(const Wire &wire) const;

    const WhenFull m_whenFull;
    RoutingWalk::Ground m_ground;
    std::unique_ptr<RoutingWalk> m_walk; ///< the router's thread's
    std::vector<const LogRecord *> m_pointers;
    std::vector<std::size_t> m_closingOrder;
};

} // namespace sluice
