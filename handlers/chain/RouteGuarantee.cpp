#include "chain/RouteGuarantee.h"

#include "chain/OutputQueue.h"
#include "chain/RouterIntake.h"
#include "receiver/BatchPool.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sluice {

namespace {

using Loss = NodeGuarantee::Loss;
using Cost = NodeGuarantee::Cost;

/// In the queue, which takes a batch as long as it is not full; in the hands of the router; and of the receiver that waits for room.
constexpr std::uint64_t underWay = RouterIntake::usualRecords + 3 * maxBatchRecords;

std::string quoted(const std::string &id) { return "“" + id + "”"; }

bool isWorse(const Cost &cost, const Cost &than)
{
    const auto rank = [](const Cost &of) { return std::tuple(of.loss, of.records, !of.amount.empty()); };
    return rank(cost) > rank(than);
}

/// Costs of one failure along a route.
class Bill
{
public:
    /// `node`: whose cost it is; empty: the router's own.
    void add(const std::string &node, const std::string &subject, const Cost &cost)
    {
        m_loss = std::max(m_loss, cost.loss);
        m_records += cost.loss == Loss::Bounded ? cost.records : 0;
        if (cost.loss == Loss::Bounded && !cost.amount.empty())
            m_amounts += " and " + cost.amount;
        if (!cost.words.empty())
            m_items += (m_items.empty() ? "" : "; ") + subject + " " + cost.words;
        if (!node.empty() && cost.loss != Loss::None && isWorse(cost, m_worst)) {
            m_worst = cost;
            m_node = node;
        }
    }

    const Cost &worst() const { return m_worst; }

    RouteCost result(const char *nothing) const
    {
        RouteCost cost{m_loss, {}, m_node};
        switch (m_loss) {
        case Loss::None: cost.sentence = "Nothing"; break;
        case Loss::Bounded: cost.sentence = "At most " + recordsInWords(m_records) + m_amounts; break;
        case Loss::Unbounded: cost.sentence = m_isCrash ? "Any number of records" : "What comes meanwhile"; break;
        case Loss::Unnoticed: cost.sentence = "What comes meanwhile, and nobody is told"; break;
        }
        cost.sentence += ": " + (m_items.empty() ? std::string(nothing) : m_items) + ".";
        return cost;
    }

    void setCrash() { m_isCrash = true; }

private:
    Loss m_loss = Loss::None;
    std::uint64_t m_records = 0;
    std::string m_amounts;
    std::string m_items;
    std::string m_node;
    Cost m_worst;
    bool m_isCrash = false;
};

class Guarantor
{
public:
    explicit Guarantor(const Chain &chain) : m_chain(chain)
    {
        for (const Wire &wire : chain.wires())
            m_next[wire.from].push_back(&wire);
        for (const ChainNode &node : chain.nodes())
            m_guarantees.emplace(node.id, node.type->guarantee(node.params, m_next.contains(node.id)));
    }

    ChainGuarantee result()
    {
        for (const ChainNode &node : m_chain.nodes()) {
            if (node.type->kind() == NodeKind::Receiver)
                follow(node, nullptr);
        }
        return std::move(m_result);
    }

private:
    struct Stop
    {
        const ChainNode *node = nullptr;
        const Wire *wire = nullptr; ///< that led there; null for a receiver and for a logger of the tree
    };

    void follow(const ChainNode &node, const Wire *wire)
    {
        if (m_result.isCut || m_way.size() > m_chain.nodes().size())
            return;
        if (++m_steps > ChainGuarantee::maxSteps) {
            m_result.isCut = true;
            return;
        }
        m_way.push_back({&node, wire});
        const auto wires = m_next.find(node.id);
        if (wires != m_next.end())
            followWires(wires->second);
        else if (node.type->kind() == NodeKind::Handler)
            addRoute();
        m_way.pop_back();
    }

    void followWires(const std::vector<const Wire *> &wires)
    {
        bool isInTree = false;
        for (const Wire *wire : wires) {
            const ChainNode *to = m_chain.node(wire->to);
            if (!to)
                continue;
            if (to->type->kind() != NodeKind::Logger) {
                follow(*to, wire);
            } else if (!isInTree) {
                // All loggers are one tree, in which a record's own logger is looked up.
                isInTree = true;
                for (const ChainNode &logger : m_chain.nodes()) {
                    if (logger.type->kind() == NodeKind::Logger)
                        follow(logger, nullptr);
                }
            }
        }
    }

    /// A queue that makes whoever fills it wait: the nearest node above that can wait has to.
    void addHeldUp(std::size_t stop, Bill &bill)
    {
        for (std::size_t i = stop; i-- > 0;) {
            const std::string &id = m_way[i].node->id;
            const Cost &cost = m_guarantees.at(id).heldUp;
            if (!cost.words.empty())
                return bill.add(id, quoted(id), cost);
        }
    }

    void addQueue(std::size_t stop, Bill &crash, Bill &deadPeer)
    {
        const std::string &id = m_way[stop].node->id;
        const std::string subject = "the queue before " + quoted(id);
        const std::uint64_t limit = outputLimits(m_chain, id).records;
        const WhenFull whenFull = m_way[stop].wire ? m_way[stop].wire->whenFull.value_or(WhenFull::DropNewest) : WhenFull::DropNewest;
        // What its thread has in hand once waited together; who is made to wait is so only once there is too much.
        const std::uint64_t most = 2 * (limit + (whenFull == WhenFull::Block ? maxBatchRecords : 0));
        if (limit == 0)
            crash.add(id, subject, {Loss::Unbounded, "has any number of records in memory", 0, {}});
        else
            crash.add(id, subject, {Loss::Bounded, "has up to " + recordsInWords(most) + " in memory, waiting or in hand", most, {}});
        const std::string takes = "takes " + (limit == 0 ? std::string("what 64 MiB hold") : recordsInWords(limit)) + " and then ";
        switch (whenFull) {
        case WhenFull::Block:
            deadPeer.add(id, subject, {Loss::None, takes + "makes all of the chain wait", 0, {}});
            addHeldUp(stop, deadPeer);
            break;
        case WhenFull::DropOldest: deadPeer.add(id, subject, {Loss::Unbounded, takes + "drops the oldest, counted", 0, {}}); break;
        case WhenFull::DropNewest: deadPeer.add(id, subject, {Loss::Unbounded, takes + "drops the newest, counted", 0, {}}); break;
        }
    }

    void addRoute()
    {
        if (m_result.routes.size() >= ChainGuarantee::maxRoutes) {
            m_result.isCut = true;
            return;
        }
        Bill crash;
        Bill fullDisk;
        Bill deadPeer;
        crash.setCrash();
        RouteGuarantee route;
        for (std::size_t i = 0; i < m_way.size(); ++i) {
            const ChainNode &node = *m_way[i].node;
            const NodeGuarantee &own = m_guarantees.at(node.id);
            route.nodes.push_back(node.id);
            if (node.type->waitsForOthers())
                addQueue(i, crash, deadPeer);
            crash.add(node.id, quoted(node.id), own.crash);
            fullDisk.add(node.id, quoted(node.id), own.fullDisk);
            deadPeer.add(node.id, quoted(node.id), own.deadPeer);
            if (i == 0)
                crash.add({}, "the router", {Loss::Bounded, "has up to " + recordsInWords(underWay) + " under way", underWay, {}});
        }
        route.crash = crash.result("");
        route.fullDisk = fullDisk.result("no disk is written to on this way");
        route.deadPeer = deadPeer.result("nobody else has to take anything on this way");
        Cost worst;
        const auto weigh = [&](const Bill &bill, const RouteCost &cost, const char *failure) {
            if (cost.worst.empty() || !isWorse(bill.worst(), worst))
                return;
            worst = bill.worst();
            route.weakest = cost.worst;
            route.weakestFailure = failure;
        };
        weigh(crash, route.crash, "crash");
        weigh(deadPeer, route.deadPeer, "dead peer");
        weigh(fullDisk, route.fullDisk, "full disk");
        m_result.routes.push_back(std::move(route));
    }

    const Chain &m_chain;
    std::map<std::string, std::vector<const Wire *>> m_next;
    std::map<std::string, NodeGuarantee> m_guarantees;
    std::vector<Stop> m_way;
    std::size_t m_steps = 0;
    ChainGuarantee m_result;
};

} // namespace

bool RouteGuarantee::contains(std::string_view node) const { return std::ranges::find(nodes, node) != nodes.end(); }

ChainGuarantee guaranteeOf(const Chain &chain) { return Guarantor(chain).result(); }

} // namespace sluice
