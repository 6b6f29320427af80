#include "chain/RoutingPlan.h"

#include "chain/LoggerNode.h"
#include "handler/MemoryHandler.h"
#include "handler/QueueHandler.h"
#include "handler/StreamHandler.h"
#include "record/Level.h"

#include <algorithm>
#include <limits>
#include <map>

namespace sluice {

/// A target that is no handler (a filter), or one that could not be made: the records go on as if they came by an
/// ordinary wire, on whatever thread brings them.
class RoutingPlan::NodeTarget final : public Handler
{
public:
    NodeTarget(const RoutingWalk::Ground &ground, RoutingStep step) : m_walk(ground), m_step(step) {}

protected:
    Status emit(const LogRecord &record) override
    {
        const LogRecord *const one = &record;
        emitBatch(RecordSpan(&one, 1));
        return {};
    }
    void emitBatch(RecordSpan records) override { m_walk.run(m_step, records, std::numeric_limits<int>::min()); }

private:
    RoutingWalk m_walk;
    const RoutingStep m_step;
};

namespace {

/// Of a queue whose wires do not say how much may wait.
constexpr std::size_t queueRecords = 10'000;
/// Of any queue: records may be large.
constexpr std::size_t queueBytes = 64 * 1024 * 1024;

/// What a handler writes to that another could write to as well: a file, a standard stream. Empty: nothing.
std::string sharedThing(const ChainNode &node, const NodeContext &context)
{
    if (node.type->kind() != NodeKind::Handler)
        return {};
    if (const ParamSpec *file = node.type->param("filename"); file && file->type == ParamSpec::Type::Path)
        return context.resolve(node.params.value(u"filename").toString().toStdString());
    if (const ParamSpec *stream = node.type->param("stream"))
        return "stream " + node.params.value(u"stream").toString(stream->defaultValue.toString()).toStdString();
    return {};
}

} // namespace

RoutingPlan::RoutingPlan(const Chain &chain, const NodeContext &context, WhenFull whenFull) : m_whenFull(whenFull)
{
    for (const ChainNode &described : chain.nodes()) {
        auto node = std::make_unique<RoutingNode>();
        node->id = described.id;
        node->type = described.type;
        node->params = described.params;
        m_ground.nodes.push_back(std::move(node));
    }
    for (const std::unique_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->type->kind() == NodeKind::Receiver)
            continue;
        make(*node, context);
        if (node->handler && node->type->waitsForOthers())
            addOutputQueue(*node, chain);
        if (node->type->kind() == NodeKind::Logger) {
            const LoggerConfig &logger = *node->logger;
            m_ground.tree.add({logger.name, logger.level.number, logger.propagate, logger.disabled});
            m_ground.loggerNodes.push_back(indexOf(node->id));
            for (const std::string &name : logger.filters)
                node->loggerFilters.emplace_back(name);
        }
    }
    for (const Wire &wire : chain.wires()) {
        if (wire.port != "out")
            continue;
        RoutingEntry &next = m_ground.nodes[indexOf(wire.from)]->next;
        const RoutingStep step = stepOf(wire);
        if (m_ground.nodes[step.node]->type->kind() == NodeKind::Logger)
            next.entersLoggers = true;
        else
            next.steps.push_back(step);
    }
    m_ground.lastResort = std::make_unique<StreamHandler>();
    m_ground.lastResort->setLevel(level::Warning);
    m_ground.recordByRecord = needsRecordOrder(chain, context);
    m_closingOrder = closingOrder(chain);
    m_walk = std::make_unique<RoutingWalk>(m_ground);
    for (const std::unique_ptr<RoutingNode> &node : m_ground.nodes) {
        connectTarget(*node, chain);
        startListener(*node, chain);
    }
}

RoutingPlan::~RoutingPlan()
{
    // Where it was not closed: threads end before what they use.
    for (const std::unique_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->listener)
            node->listener->stop();
    }
}

std::size_t RoutingPlan::indexOf(std::string_view id) const
{
    const auto found = std::ranges::find_if(m_ground.nodes, [&](const auto &node) { return node->id == id; });
    return static_cast<std::size_t>(found - m_ground.nodes.begin());
}

RoutingStep RoutingPlan::stepOf(const Wire &wire) const { return {indexOf(wire.to), wire.whenFull.value_or(m_whenFull)}; }

void RoutingPlan::make(RoutingNode &node, const NodeContext &shared)
{
    NodeContext context = shared;
    context.id = node.id;
    Result<NodeType::Instance> made = node.type->create(node.params, context);
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
    case NodeKind::Logger: node.logger = std::get<std::shared_ptr<LoggerConfig>>(*made); break;
    case NodeKind::Handler:
        node.handler = std::get<std::shared_ptr<Handler>>(*made);
        node.handler->setErrorObserver([&node](const Handler &, const LogRecord *, const Error &error) {
            const std::lock_guard lock(node.mutex);
            node.reason = error.text;
        });
        break;
    }
}

void RoutingPlan::addOutputQueue(RoutingNode &node, const Chain &chain)
{
    std::size_t records = 0;
    for (const Wire &wire : chain.wires()) {
        if (wire.to == node.id)
            records = std::max(records, wire.queue.value_or(queueRecords));
    }
    node.output = std::make_unique<OutputQueue>(node.handler, RecordQueue::Limits{records, queueBytes});
}

std::shared_ptr<Handler> RoutingPlan::handlerAt(const Wire &wire)
{
    const RoutingStep step = stepOf(wire);
    const RoutingNode &node = *m_ground.nodes[step.node];
    if (node.output)
        return node.output->front(step.whenFull);
    if (node.handler)
        return node.handler;
    return std::make_shared<NodeTarget>(m_ground, step);
}

void RoutingPlan::connectTarget(RoutingNode &node, const Chain &chain)
{
    const auto memory = std::dynamic_pointer_cast<MemoryHandler>(node.handler);
    if (!memory)
        return;
    for (const Wire &wire : chain.wires()) {
        if (wire.from == node.id && wire.port == "target")
            memory->setTarget(handlerAt(wire));
    }
}

void RoutingPlan::startListener(RoutingNode &node, const Chain &chain)
{
    const auto queue = std::dynamic_pointer_cast<QueueHandler>(node.handler);
    if (!queue || !queue->listener())
        return;
    std::vector<std::shared_ptr<Handler>> handlers;
    for (const Wire &wire : chain.wires()) {
        if (wire.from == node.id && wire.port == "handlers")
            handlers.push_back(handlerAt(wire));
    }
    node.listener = queue->listener();
    node.listener->setHandlers(std::move(handlers));
    (void)node.listener->start(); // which fails only where it runs already
}

bool RoutingPlan::needsRecordOrder(const Chain &chain, const NodeContext &context) const
{
    std::vector<std::string> things;
    std::map<std::string, std::pair<int, int>> waysIn; // by wire, by target
    for (const ChainNode &node : chain.nodes()) {
        if (std::string thing = sharedThing(node, context); !thing.empty())
            things.push_back(std::move(thing));
    }
    for (const Wire &wire : chain.wires()) {
        auto &[wires, targets] = waysIn[wire.to];
        ++(chain.node(wire.from)->type->kind() == NodeKind::Handler ? targets : wires);
    }
    if (std::ranges::any_of(waysIn, [](const auto &ways) {
            return ways.second.second > 1 || (ways.second.second > 0 && ways.second.first > 0);
        }))
        return true;
    // One file is another's backup if its name goes on behind a dot; sorted, such names stand near each other.
    std::ranges::sort(things);
    for (std::size_t i = 0; i + 1 < things.size(); ++i) {
        for (std::size_t j = i + 1; j < things.size() && things[j].starts_with(things[i]); ++j) {
            if (things[j].size() == things[i].size() || things[j][things[i].size()] == '.')
                return true;
        }
    }
    return false;
}

std::vector<std::size_t> RoutingPlan::closingOrder(const Chain &chain) const
{
    // Backwards through the order of making, as logging.shutdown does; but never a target before its holder.
    std::vector<std::size_t> order;
    std::vector<bool> placed(m_ground.nodes.size());
    const auto place = [&](auto &self, std::size_t index) -> void {
        if (placed[index])
            return;
        placed[index] = true;
        for (const Wire &wire : chain.wires()) {
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
    return m_ground.nodes[indexOf(receiver)]->next;
}

RoutingEntry RoutingPlan::replayEntry() const
{
    RoutingEntry entry;
    entry.entersLoggers = !m_ground.loggerNodes.empty();
    if (entry.entersLoggers)
        return entry;
    const auto isThere = [&](std::size_t node) {
        return std::ranges::find(entry.steps, node, &RoutingStep::node) != entry.steps.end();
    };
    std::vector<bool> isFed(m_ground.nodes.size());
    for (const std::unique_ptr<RoutingNode> &node : m_ground.nodes) {
        for (const RoutingStep &step : node->next.steps) {
            isFed[step.node] = true;
            if (node->type->kind() == NodeKind::Receiver && !isThere(step.node))
                entry.steps.push_back(step);
        }
    }
    for (std::size_t i = 0; entry.steps.empty() && i < m_ground.nodes.size(); ++i) {
        if (!isFed[i] && m_ground.nodes[i]->type->hasInput())
            entry.steps.push_back({i, m_whenFull});
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

void RoutingPlan::beginStop()
{
    for (const std::unique_ptr<RoutingNode> &node : m_ground.nodes) {
        if (node->output)
            node->output->beginStop();
    }
}

void RoutingPlan::close()
{
    for (const std::size_t index : m_closingOrder) {
        RoutingNode &node = *m_ground.nodes[index];
        if (!node.handler)
            continue;
        if (node.listener)
            node.listener->stop();
        if (node.output)
            node.output->stop();
        node.handler->flush();
        node.handler->close();
    }
}

NodeStatus RoutingPlan::status(std::string_view id) const
{
    const RoutingNode &node = *m_ground.nodes[indexOf(id)];
    NodeStatus status;
    status.id = node.id;
    status.received = node.received.load(std::memory_order_relaxed);
    status.filtered = node.filtered.load(std::memory_order_relaxed);
    status.dropped = node.dropped.load(std::memory_order_relaxed);
    if (node.handler) {
        const Handler::Counters counters = node.handler->counters();
        status.received += counters.received;
        status.filtered += counters.filtered;
        status.dropped += counters.failed;
        status.pending = node.handler->pending();
    }
    std::string reason;
    if (node.output) {
        status.pending += node.output->pending();
        status.received += node.output->pending() + node.output->dropped();
        status.dropped += node.output->dropped();
        reason = node.output->lastReason();
    }
    const std::lock_guard lock(node.mutex);
    status.state = node.failed ? NodeStatus::State::Failed : NodeStatus::State::Running;
    status.reason = node.reason.empty() ? reason : node.reason;
    return status;
}

} // namespace sluice
