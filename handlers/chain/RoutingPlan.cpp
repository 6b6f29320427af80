#include "chain/RoutingPlan.h"

#include "chain/LoggerNode.h"
#include "filter/Filter.h"
#include "handler/MemoryHandler.h"
#include "record/DeliveryTracker.h"
#include "record/Level.h"

#include <algorithm>
#include <limits>
#include <map>

namespace sluice {

struct RoutingPlan::Node
{
    std::string id;
    const NodeType *type = nullptr;
    QJsonObject params;

    std::shared_ptr<Filter> filter;
    std::shared_ptr<Handler> handler;
    std::shared_ptr<LoggerConfig> logger;
    std::vector<NameFilter> loggerFilters;
    Entry next;

    std::vector<const LogRecord *> inbox;  ///< filled by the loggers
    std::vector<const LogRecord *> passed; ///< what passes this node's filter or level

    std::atomic<std::uint64_t> received{0};
    std::atomic<std::uint64_t> filtered{0};
    std::atomic<std::uint64_t> dropped{0};
    mutable std::mutex mutex;
    bool failed = false; ///< guarded by mutex
    std::string reason;  ///< guarded by mutex
};

/// A target that is no handler (a filter), or one that could not be made: the records go on as if they came by an ordinary wire.
class RoutingPlan::NodeTarget final : public Handler
{
public:
    NodeTarget(RoutingPlan &plan, std::size_t node) : m_plan(plan), m_node(node) {}

protected:
    Status emit(const LogRecord &record) override
    {
        const LogRecord *const one = &record;
        emitBatch(RecordSpan(&one, 1));
        return {};
    }
    void emitBatch(RecordSpan records) override
    {
        // These may be of earlier batches.
        m_plan.m_lowestLevel = std::numeric_limits<int>::min();
        m_plan.deliver(m_node, records);
    }

private:
    RoutingPlan &m_plan;
    const std::size_t m_node;
};

namespace {

void count(std::atomic<std::uint64_t> &counter, std::size_t records)
{
    counter.fetch_add(records, std::memory_order_relaxed);
}

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

RoutingPlan::RoutingPlan(const Chain &chain, const NodeContext &context)
{
    for (const ChainNode &described : chain.nodes()) {
        auto node = std::make_unique<Node>();
        node->id = described.id;
        node->type = described.type;
        node->params = described.params;
        m_nodes.push_back(std::move(node));
    }
    for (const std::unique_ptr<Node> &node : m_nodes) {
        if (node->type->kind() == NodeKind::Receiver)
            continue;
        make(*node, context);
        if (node->type->kind() == NodeKind::Logger) {
            const LoggerConfig &logger = *node->logger;
            m_tree.add({logger.name, logger.level.number, logger.propagate, logger.disabled});
            m_loggerNodes.push_back(indexOf(node->id));
            for (const std::string &name : logger.filters)
                node->loggerFilters.emplace_back(name);
        }
    }
    for (const Wire &wire : chain.wires()) {
        if (wire.port != "out")
            continue;
        Entry &next = m_nodes[indexOf(wire.from)]->next;
        const std::size_t to = indexOf(wire.to);
        if (m_nodes[to]->type->kind() == NodeKind::Logger)
            next.entersLoggers = true;
        else
            next.nodes.push_back(to);
    }
    for (const std::unique_ptr<Node> &node : m_nodes)
        connectTarget(*node, chain);
    m_lastResort.setLevel(level::Warning);
    m_recordByRecord = needsRecordOrder(chain, context);
    m_closingOrder = closingOrder(chain);
}

RoutingPlan::~RoutingPlan() = default;

std::size_t RoutingPlan::indexOf(std::string_view id) const
{
    const auto found = std::ranges::find_if(m_nodes, [&](const auto &node) { return node->id == id; });
    return static_cast<std::size_t>(found - m_nodes.begin());
}

void RoutingPlan::make(Node &node, const NodeContext &shared)
{
    NodeContext context = shared;
    context.id = node.id;
    Result<NodeType::Instance> made = node.type->create(node.params, context);
    if (!made) {
        node.failed = true;
        node.reason = made.error().text;
        return;
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
    std::vector<bool> placed(m_nodes.size());
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
    for (std::size_t i = m_nodes.size(); i-- > 0;)
        place(place, i);
    return order;
}

const RoutingPlan::Entry &RoutingPlan::entryOf(std::string_view receiver) const { return m_nodes[indexOf(receiver)]->next; }

RoutingPlan::Entry RoutingPlan::replayEntry() const
{
    Entry entry;
    entry.entersLoggers = !m_loggerNodes.empty();
    if (entry.entersLoggers)
        return entry;
    std::vector<bool> isFed(m_nodes.size());
    for (const std::unique_ptr<Node> &node : m_nodes) {
        for (const std::size_t next : node->next.nodes) {
            isFed[next] = true;
            if (node->type->kind() == NodeKind::Receiver && std::ranges::find(entry.nodes, next) == entry.nodes.end())
                entry.nodes.push_back(next);
        }
    }
    for (std::size_t i = 0; entry.nodes.empty() && i < m_nodes.size(); ++i) {
        if (!isFed[i] && m_nodes[i]->type->hasInput())
            entry.nodes.push_back(i);
    }
    return entry;
}

void RoutingPlan::connectTarget(Node &node, const Chain &chain)
{
    const auto memory = std::dynamic_pointer_cast<MemoryHandler>(node.handler);
    if (!memory)
        return;
    for (const Wire &wire : chain.wires()) {
        if (wire.from != node.id || wire.port != "target")
            continue;
        const std::size_t target = indexOf(wire.to);
        if (m_nodes[target]->handler)
            memory->setTarget(m_nodes[target]->handler);
        else
            memory->setTarget(std::make_shared<NodeTarget>(*this, target));
    }
}

void RoutingPlan::run(const Entry &entry, const LogRecordBatch &batch)
{
    m_lowestLevel = batch.lowestLevel();
    m_pointers.clear();
    for (const LogRecord &record : batch.records())
        m_pointers.push_back(&record);
    if (!m_recordByRecord) {
        run(entry, m_pointers);
        return;
    }
    for (const LogRecord *const &record : m_pointers)
        run(entry, RecordSpan(&record, 1));
}

void RoutingPlan::run(const Entry &entry, RecordSpan records)
{
    if (entry.entersLoggers)
        enterLoggers(records);
    for (const std::size_t node : entry.nodes)
        deliver(node, records);
}

void RoutingPlan::enterLoggers(RecordSpan records)
{
    m_touched.clear();
    for (const LogRecord *record : records) {
        const LoggerTree::Route &route = m_tree.route(record->name());
        // logging.disable(NOTSET), Python's default, holds back what is not above NOTSET.
        if (route.disabled || record->levelno < route.level || record->levelno <= 0)
            continue;
        if (route.logger) {
            const auto &filters = m_nodes[m_loggerNodes[*route.logger]]->loggerFilters;
            if (!std::ranges::all_of(filters, [&](const NameFilter &filter) { return filter.filter(*record); }))
                continue;
        }
        bool hasHandler = false;
        for (const std::size_t caller : route.callers) {
            Node &logger = *m_nodes[m_loggerNodes[caller]];
            count(logger.received, 1);
            for (const std::size_t next : logger.next.nodes) {
                hasHandler = true;
                if (m_recordByRecord) {
                    // A handler may be reached twice, with another that shares its file in between.
                    deliver(next, RecordSpan(&record, 1));
                    continue;
                }
                std::vector<const LogRecord *> &inbox = m_nodes[next]->inbox;
                if (inbox.empty())
                    m_touched.push_back(next);
                inbox.push_back(record);
            }
        }
        if (!hasHandler && record->levelno >= m_lastResort.level())
            m_lastResort.handle(*record);
    }
    for (const std::size_t node : m_touched) {
        deliver(node, m_nodes[node]->inbox);
        m_nodes[node]->inbox.clear();
    }
}

void RoutingPlan::deliver(std::size_t index, RecordSpan records)
{
    Node &node = *m_nodes[index];
    if (node.type->kind() == NodeKind::Handler) {
        deliverToHandler(node, records);
        return;
    }
    count(node.received, records.size());
    node.passed.clear();
    std::ranges::copy_if(records, std::back_inserter(node.passed),
                         [&](const LogRecord *record) { return node.filter->filter(*record); });
    count(node.filtered, records.size() - node.passed.size());
    if (!node.passed.empty())
        run(node.next, node.passed);
}

void RoutingPlan::deliverToHandler(Node &node, RecordSpan records)
{
    if (!node.handler) {
        count(node.received, records.size());
        count(node.dropped, records.size());
        for (const LogRecord *record : records) {
            if (record->tracker)
                record->tracker->dropped(*record, node.id, node.reason);
        }
        return;
    }
    const int level = node.handler->level();
    const auto passes = [level](const LogRecord *record) { return record->levelno >= level; };
    if (m_lowestLevel < level && !std::ranges::all_of(records, passes)) {
        node.passed.clear();
        std::ranges::copy_if(records, std::back_inserter(node.passed), passes);
        count(node.received, records.size() - node.passed.size());
        count(node.filtered, records.size() - node.passed.size());
        records = node.passed;
    }
    if (!records.empty())
        node.handler->handle(records);
}

void RoutingPlan::close()
{
    for (const std::size_t index : m_closingOrder) {
        if (const std::shared_ptr<Handler> &handler = m_nodes[index]->handler) {
            handler->flush();
            handler->close();
        }
    }
}

NodeStatus RoutingPlan::status(std::string_view id) const
{
    const Node &node = *m_nodes[indexOf(id)];
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
    }
    const std::lock_guard lock(node.mutex);
    status.state = node.failed ? NodeStatus::State::Failed : NodeStatus::State::Running;
    status.reason = node.reason;
    return status;
}

} // namespace sluice
