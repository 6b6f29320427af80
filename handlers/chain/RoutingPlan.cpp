#include "chain/RoutingPlan.h"

#include "chain/LoggerNode.h"
#include "chain/NodeTarget.h"
#include "chain/SharedOutputs.h"
#include "chain/TestRun.h"
#include "handler/MemoryHandler.h"
#include "handler/NullHandler.h"
#include "handler/QueueHandler.h"
#include "handler/StreamHandler.h"
#include "record/Level.h"

#include <algorithm>
#include <limits>
#include <set>

namespace sluice {

RoutingPlan::RoutingPlan(const Chain &chain, const NodeContext &context, WhenFull whenFull, const RoutingPlan *before)
    : m_chain(chain), m_whenFull(whenFull)
{
    std::set<std::string> thingsBefore;
    for (std::size_t i = 0; before && i < before->m_ground.nodes.size(); ++i) {
        const RoutingNode &node = *before->m_ground.nodes[i];
        thingsBefore.insert(sharedOutput(*node.type, node.params, context));
    }
    for (const ChainNode &described : m_chain.nodes()) {
        const RoutingNode *old = before ? before->find(described.id) : nullptr;
        const bool isSame = old && old->type == described.type && old->params == described.params;
        if (isSame && (old->handler || old->filter || old->logger)) {
            m_ground.nodes.push_back(before->m_ground.nodes[before->indexOf(described.id)]);
            continue;
        }
        auto node = std::make_shared<RoutingNode>();
        node->id = described.id;
        node->type = described.type;
        node->params = described.params;
        m_ground.nodes.push_back(node);
        if (node->type->kind() == NodeKind::Receiver)
            continue;
        NodeContext own = context;
        const std::string thing = sharedOutput(*node->type, node->params, context);
        own.continues = !thing.empty() && thingsBefore.contains(thing);
        make(*node, own);
        if (node->failed && !node->type->isUnsupported() && !isSame)
            m_failures.push_back({node->id, node->reason});
        if (node->handler && node->type->waitsForOthers() && !context.rehearsedOutput) {
            node->output = std::make_unique<OutputQueue>(node->handler, outputLimits(m_chain, node->id));
            if (!old || !old->output)
                node->output->start();
        }
    }
    m_ground.next.resize(m_ground.nodes.size());
    for (std::size_t i = 0; i < m_ground.nodes.size(); ++i) {
        if (m_ground.nodes[i]->type->kind() != NodeKind::Logger)
            continue;
        const LoggerConfig &logger = *m_ground.nodes[i]->logger;
        m_ground.tree.add({logger.name, logger.level.number, logger.propagate, logger.disabled});
        m_ground.loggerNodes.push_back(i);
    }
    makeMeters(before);
    for (std::size_t i = 0; i < m_chain.wires().size(); ++i) {
        const Wire &wire = m_chain.wires()[i];
        if (wire.port != "out")
            continue;
        RoutingEntry &next = m_ground.next[indexOf(wire.from)];
        const RoutingStep step = stepOf(i);
        if (m_ground.nodes[step.node]->type->kind() == NodeKind::Logger) {
            next.entersLoggers = true;
            next.loggerWires.push_back(step.wire);
        } else {
            next.steps.push_back(step);
        }
    }
    if (context.rehearsedOutput)
        m_ground.lastResort = std::make_unique<NullHandler>();
    else
        m_ground.lastResort = std::make_unique<StreamHandler>();
    m_ground.lastResort->setLevel(level::Warning);
    m_ground.recordByRecord = needsRecordOrder(m_chain, context);
    m_closingOrder = closingOrder();
    m_walk = std::make_unique<RoutingWalk>(m_ground);
    if (!before)
        connect();
}

RoutingPlan::~RoutingPlan()
{
    // Where it was not closed: threads end before what they use.
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->listener && node.use_count() == 1)
            node->listener->stop();
    }
}

void RoutingPlan::connect()
{
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        connectTarget(*node);
        startListener(*node);
    }
}

const RoutingNode *RoutingPlan::find(std::string_view id) const
{
    const std::size_t index = indexOf(id);
    return index < m_ground.nodes.size() ? m_ground.nodes[index].get() : nullptr;
}

std::size_t RoutingPlan::indexOf(std::string_view id) const
{
    const auto found = std::ranges::find_if(m_ground.nodes, [&](const auto &node) { return node->id == id; });
    return static_cast<std::size_t>(found - m_ground.nodes.begin());
}

RoutingStep RoutingPlan::stepOf(std::size_t wire) const
{
    return {m_ends[wire], m_chain.wires()[wire].whenFull.value_or(m_whenFull), m_meters[wire].get()};
}

void RoutingPlan::makeMeters(const RoutingPlan *before)
{
    const auto isSame = [](const Wire &wire) {
        return [&wire](const std::shared_ptr<WireMeter> &meter) { return meter->wire().hasSameEnds(wire); };
    };
    for (const Wire &wire : m_chain.wires()) {
        m_ends.push_back(indexOf(wire.to));
        if (before) {
            if (const auto old = std::ranges::find_if(before->m_meters, isSame(wire)); old != before->m_meters.end()) {
                m_meters.push_back(*old);
                continue;
            }
        }
        m_meters.push_back(std::make_shared<WireMeter>(wire));
    }
}

bool RoutingPlan::tap(const Wire &wire, const std::shared_ptr<WireTap> &tap)
{
    const auto meter = std::ranges::find_if(m_meters, [&](const auto &one) { return one->wire().hasSameEnds(wire); });
    if (meter == m_meters.end())
        return false;
    (*meter)->add(tap);
    return true;
}

std::vector<WireStatus> RoutingPlan::wireStatus() const
{
    std::vector<WireStatus> all;
    for (std::size_t i = 0; i < m_meters.size(); ++i) {
        const WireMeter &meter = *m_meters[i];
        WireStatus status{meter.wire().from, meter.wire().port, meter.wire().to, meter.passed(), meter.dropped()};
        if (const auto &output = m_ground.nodes[m_ends[i]]->output) {
            status.waiting = output->pending();
            status.room = output->room();
        }
        all.push_back(std::move(status));
    }
    return all;
}

void RoutingPlan::make(RoutingNode &node, const NodeContext &shared)
{
    NodeContext context = shared;
    context.id = node.id;
    Result<NodeType::Instance> made =
        context.rehearsedOutput ? node.type->createForRehearsal(node.params, context) : node.type->create(node.params, context);
    if (!made) {
        node.failed = true;
        node.reason = made.error().text;
        return;
    }
    if (node.type->isUnsupported()) {
        node.failed = true;
        node.reason = node.type->describe(node.params);
    }
    switch (node.type->kind()) {
    case NodeKind::Receiver: break;
    case NodeKind::Filter: node.filter = std::get<std::shared_ptr<Filter>>(*made); break;
    case NodeKind::Logger:
        node.logger = std::get<std::shared_ptr<LoggerConfig>>(*made);
        for (const std::string &name : node.logger->filters)
            node.loggerFilters.emplace_back(name);
        break;
    case NodeKind::Handler:
        node.handler = std::get<std::shared_ptr<Handler>>(*made);
        node.handler->setErrorObserver([&node](const Handler &, const LogRecord *, const Error &error) {
            const std::lock_guard lock(node.mutex);
            node.reason = error.text;
        });
        break;
    }
}

std::shared_ptr<Handler> RoutingPlan::handlerAt(std::size_t wire)
{
    return std::make_shared<NodeTarget>(m_ground, stepOf(wire), m_meters[wire]);
}

void RoutingPlan::connectTarget(RoutingNode &node)
{
    const auto memory = std::dynamic_pointer_cast<MemoryHandler>(node.handler);
    if (!memory)
        return;
    std::shared_ptr<Handler> target;
    for (std::size_t i = 0; i < m_chain.wires().size(); ++i) {
        const Wire &wire = m_chain.wires()[i];
        if (wire.from == node.id && wire.port == "target")
            target = handlerAt(i);
    }
    memory->setTarget(std::move(target));
}

void RoutingPlan::startListener(RoutingNode &node)
{
    const auto queue = std::dynamic_pointer_cast<QueueHandler>(node.handler);
    if (!queue || !queue->listener())
        return;
    std::vector<std::shared_ptr<Handler>> handlers;
    for (std::size_t i = 0; i < m_chain.wires().size(); ++i) {
        const Wire &wire = m_chain.wires()[i];
        if (wire.from == node.id && wire.port == "handlers")
            handlers.push_back(handlerAt(i));
    }
    node.listener = queue->listener();
    node.listener->setHandlers(std::move(handlers));
    (void)node.listener->start(); // which fails only where it runs already
}

std::vector<std::size_t> RoutingPlan::closingOrder() const
{
    // Backwards through the order of making, as logging.shutdown does; but never a target before its holder.
    std::vector<std::size_t> order;
    std::vector<bool> placed(m_ground.nodes.size());
    const auto place = [&](auto &self, std::size_t index) -> void {
        if (placed[index])
            return;
        placed[index] = true;
        for (const Wire &wire : m_chain.wires()) {
            if (wire.port != "out" && indexOf(wire.to) == index)
                self(self, indexOf(wire.from));
        }
        order.push_back(index);
    };
    for (std::size_t i = m_ground.nodes.size(); i-- > 0;)
        place(place, i);
    return order;
}

const RoutingEntry &RoutingPlan::entryOf(std::string_view receiver) const
{
    return m_ground.next[indexOf(receiver)];
}

RoutingEntry RoutingPlan::replayEntry()
{
    RoutingEntry entry;
    entry.entersLoggers = !m_ground.loggerNodes.empty();
    if (entry.entersLoggers)
        return entry;
    const auto isThere = [&](std::size_t node) {
        return std::ranges::find(entry.steps, node, &RoutingStep::node) != entry.steps.end();
    };
    std::vector<bool> isFed(m_ground.nodes.size());
    for (std::size_t i = 0; i < m_ground.nodes.size(); ++i) {
        for (const RoutingStep &step : m_ground.next[i].steps) {
            isFed[step.node] = true;
            if (m_ground.nodes[i]->type->kind() == NodeKind::Receiver && !isThere(step.node))
                entry.steps.push_back(step);
        }
    }
    for (std::size_t i = 0; entry.steps.empty() && i < m_ground.nodes.size(); ++i) {
        if (!isFed[i] && m_ground.nodes[i]->type->hasInput())
            entry.steps.push_back({i, m_whenFull, &m_noWire});
    }
    return entry;
}

void RoutingPlan::run(const RoutingEntry &entry, const LogRecordBatch &batch)
{
    m_pointers.clear();
    for (const LogRecord &record : batch.records())
        m_pointers.push_back(&record);
    m_walk->run(entry, m_pointers, batch.lowestLevel());
}

void RoutingPlan::runTest(TestRun &run, const LogRecord &record)
{
    constexpr int anyLevel = std::numeric_limits<int>::min();
    const std::size_t index = indexOf(run.node());
    if (index == m_ground.nodes.size()) {
        run.dropped(record, run.node(), "The node was taken out of the chain before the record came to it.");
        return;
    }
    const RoutingNode &node = *m_ground.nodes[index];
    if (node.type->kind() == NodeKind::Receiver) {
        TestRun::Visit visit(record, node.id, m_noWire.wire());
        visit.pass();
        const LogRecord *const one = &visit.record();
        m_walk->run(m_ground.next[index], RecordSpan(&one, 1), anyLevel);
        return;
    }
    const LogRecord *const one = &record;
    RoutingEntry entry;
    entry.entersLoggers = node.type->kind() == NodeKind::Logger;
    if (!entry.entersLoggers)
        entry.steps.push_back({index, m_whenFull, &m_noWire});
    m_walk->run(entry, RecordSpan(&one, 1), anyLevel);
}

void RoutingPlan::beginStop()
{
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->output)
            node->output->beginStop();
    }
}

void RoutingPlan::liftLimits(bool lifted)
{
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->output)
            node->output->liftLimits(lifted);
        if (const auto queue = std::dynamic_pointer_cast<QueueHandler>(node->handler))
            queue->queue()->liftLimits(lifted);
    }
}

void RoutingPlan::takeOver(RoutingPlan &before)
{
    // What listeners have in hand still goes where it was to go; then they can be told where to go from here.
    for (const std::shared_ptr<RoutingNode> &node : before.m_ground.nodes) {
        if (node->listener)
            node->listener->stop();
    }
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        const RoutingNode *old = before.find(node->id);
        if (node->output && old == node.get())
            node->output->setLimits(outputLimits(m_chain, node->id));
        else if (node->output && old && old->output)
            node->output->takeWaiting(*old->output);
    }
    connect();
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        const RoutingNode *old = before.find(node->id);
        // A handler behind a queue may be in the middle of a long call: that is for retire().
        if (old && old != node.get() && node->handler && old->handler && !old->output)
            node->handler->takeOver(*old->handler);
    }
}

void RoutingPlan::retire(RoutingPlan &after)
{
    const auto isShared = [&](const RoutingNode &node) { return after.find(node.id) == &node; };
    for (const std::shared_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->output && !isShared(*node))
            node->output->beginStop();
    }
    for (const std::size_t index : m_closingOrder) {
        RoutingNode &node = *m_ground.nodes[index];
        if (isShared(node))
            continue;
        const std::size_t next = after.indexOf(node.id);
        RoutingNode *successor = next < after.m_ground.nodes.size() ? after.m_ground.nodes[next].get() : nullptr;
        if (node.output && successor && successor->output) {
            node.output->stop();
            successor->output->takeRest(*node.output);
            successor->handler->takeOver(*node.handler);
            successor->output->start();
        }
        closeNode(node);
    }
}

void RoutingPlan::close()
{
    for (const std::size_t index : m_closingOrder)
        closeNode(*m_ground.nodes[index]);
}

void RoutingPlan::closeNode(RoutingNode &node)
{
    if (!node.handler)
        return;
    if (node.listener)
        node.listener->stop();
    if (node.output)
        node.output->stop();
    node.handler->flush();
    node.handler->close();
}

NodeStatus RoutingPlan::status(std::string_view id) const { return m_ground.nodes[indexOf(id)]->status(); }

} // namespace sluice
