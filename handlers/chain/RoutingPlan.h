#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"
#include "chain/RouterStatus.h"
#include "chain/RoutingWalk.h"
#include "chain/WireMeter.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice {

class TestRun;

/// A chain made ready to run: its nodes exist, its wires are numbers, and a batch goes through it without looking
/// anything up. Built and used by the router's thread; status() and beginStop() may be called from any.
class RoutingPlan
{
public:
    /// Makes filters, loggers and handlers. What cannot be made fails alone: records that come to it are dropped.
    /// `whenFull`: of wires that do not say it. With a plan `before`, which may run, nodes that are the same in it are
    /// shared; call takeOver() before this one runs.
    RoutingPlan(const Chain &chain, const NodeContext &context, WhenFull whenFull, const RoutingPlan *before = nullptr);
    ~RoutingPlan();
    RoutingPlan(const RoutingPlan &) = delete;
    RoutingPlan &operator=(const RoutingPlan &) = delete;

    /// Nodes that could not be made, but for those that are the same in the plan before, where they could not be made either.
    const std::vector<Problem> &failures() const { return m_failures; }

    /// Lets whoever waits for room in a queue of this plan have it, so that the batch under way comes to its end, whatever
    /// the state of peers; until it is told otherwise.
    void liftLimits(bool lifted);

    /// Takes the place of `before`, which runs no batch now and never will again: what its nodes held for later goes on to
    /// those that take their place here.
    void takeOver(RoutingPlan &before);
    /// For the plan before, after takeOver(): flushes and closes the handlers that `after` does not share; and those of
    /// `after` begin with what is still in the hands of these. While `after` runs; may wait for peers.
    void retire(RoutingPlan &after);

    /// Where the records of a receiver enter. Valid as long as the plan.
    const RoutingEntry &entryOf(std::string_view receiver) const;
    /// Where replayed records enter: at the loggers if there are any; else at the nodes that receivers feed; else at
    /// those that nothing feeds.
    RoutingEntry replayEntry();

    /// Takes a batch through the chain.
    void run(const RoutingEntry &entry, const LogRecordBatch &batch);

    /// Takes a test record through the chain, from the node at which it is put in. Its tracker is the run.
    void runTest(TestRun &run, const LogRecord &record);

    /// Any thread, as status().
    std::vector<WireStatus> wireStatus() const;
    bool tap(const Wire &wire, const std::shared_ptr<WireTap> &tap);

    /// The router is about to stop: handlers that get nothing out any more are given up after a while.
    void beginStop();

    /// Empties the queues, and flushes and closes the handlers, each before the ones it passes records to.
    void close();

    /// What is known of a node that is no receiver.
    NodeStatus status(std::string_view id) const;

private:
    void make(RoutingNode &node, const NodeContext &context);
    const RoutingNode *find(std::string_view id) const;
    void closeNode(RoutingNode &node);
    void connect();
    std::shared_ptr<Handler> handlerAt(std::size_t wire);
    void connectTarget(RoutingNode &node);
    void startListener(RoutingNode &node);
    std::vector<std::size_t> closingOrder() const;
    std::size_t indexOf(std::string_view id) const;
    RoutingStep stepOf(std::size_t wire) const;
    /// Wires that are in the plan before as well keep their meters.
    void makeMeters(const RoutingPlan *before);

    const Chain m_chain;
    const WhenFull m_whenFull;
    std::vector<Problem> m_failures;
    std::vector<std::shared_ptr<WireMeter>> m_meters; ///< by wire of m_chain
    std::vector<std::size_t> m_ends;                  ///< of these, nodes by number
    WireMeter m_noWire{Wire{}};                       ///< by which what is put in comes
    RoutingWalk::Ground m_ground;
    std::unique_ptr<RoutingWalk> m_walk; ///< the router's thread's
    std::vector<const LogRecord *> m_pointers;
    std::vector<std::size_t> m_closingOrder;
};

} // namespace sluice
