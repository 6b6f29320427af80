#include "chain/ChainTracer.h"

#include "chain/LoggerNode.h"
#include "chain/TraceWords.h"
#include "node/Node.h"
#include "record/Level.h"
#include "record/LogRecord.h"

#include <algorithm>

namespace sluice {

namespace {

template<typename T>
T param(const ChainNode &node, const char16_t *key)
{
    return detail::ParamTraits<T>::read(node.params.value(QStringView(key)));
}

} // namespace

struct ChainTracer::Walk
{
    const LogRecord &record;
    std::vector<TraceStep> steps;

    bool isFull() const { return steps.size() >= maxSteps; }
    void pass(const Node &node, int depth) { steps.push_back({node.id, depth, true, {}}); }
    void stop(const Node &node, int depth, std::string reason)
    {
        steps.push_back({node.id, depth, false, std::move(reason)});
    }
};

ChainTracer::ChainTracer(const Chain &chain)
{
    for (const ChainNode &described : chain.nodes()) {
        Node node;
        node.id = described.id;
        node.kind = described.type->kind();
        node.words = described.type->describe(described.params);
        const bool isFilter = node.kind == NodeKind::Filter;
        const bool isLogger = node.kind == NodeKind::Logger;
        if (isFilter || isLogger) {
            if (const Result<NodeType::Instance> made = described.type->create(described.params, {});
                made && isFilter) {
                node.filter = std::get<std::shared_ptr<Filter>>(*made);
            } else if (made) {
                const LoggerConfig &logger = *std::get<std::shared_ptr<LoggerConfig>>(*made);
                m_tree.add({logger.name, logger.level.number, logger.propagate, logger.disabled});
                m_loggers.push_back(m_nodes.size());
            }
        } else if (node.kind == NodeKind::Handler) {
            node.level = param<LevelValue>(described, u"level").number;
            node.heedsLevelBehind = described.params.value(u"respect_handler_level").toBool();
        }
        if (!isFilter) {
            for (const std::string &name : param<std::vector<std::string>>(described, u"filters"))
                node.filters.emplace_back(name);
        }
        m_byId.emplace(node.id, m_nodes.size());
        m_nodes.push_back(std::move(node));
    }
    for (const Wire &wire : chain.wires()) {
        Node &from = m_nodes[m_byId.at(wire.from)];
        (wire.port == "out" ? from.next : from.behind).push_back(m_byId.at(wire.to));
    }
}

std::vector<TraceStep> ChainTracer::trace(const LogRecord &record, std::string_view from)
{
    const auto found = m_byId.find(from);
    if (found == m_byId.end())
        return {};
    Walk walk{record, {}};
    const Node &node = m_nodes[found->second];
    switch (node.kind) {
    case NodeKind::Receiver:
        walk.pass(node, 0);
        follow(walk, found->second, 1);
        break;
    case NodeKind::Filter: enterFilter(walk, node, 0); break;
    case NodeKind::Logger: enterLoggers(walk, 0); break;
    case NodeKind::Handler: enterHandler(walk, node, 0, true); break;
    }
    return std::move(walk.steps);
}

void ChainTracer::follow(Walk &walk, std::size_t node, int depth)
{
    const std::vector<std::size_t> &next = m_nodes[node].next;
    const auto isLogger = [this](std::size_t to) { return m_nodes[to].kind == NodeKind::Logger; };
    // All loggers are one tree: a record enters it once.
    if (std::ranges::any_of(next, isLogger))
        enterLoggers(walk, depth);
    for (const std::size_t to : next) {
        if (walk.isFull())
            return;
        if (m_nodes[to].kind == NodeKind::Filter)
            enterFilter(walk, m_nodes[to], depth);
        else if (!isLogger(to))
            enterHandler(walk, m_nodes[to], depth, true);
    }
}

void ChainTracer::enterLoggers(Walk &walk, int depth)
{
    const LoggerTree::Route route = m_tree.route(walk.record.name());
    const Node &nearest = m_nodes[m_loggers[route.logger             ? *route.logger
                                            : !route.callers.empty() ? route.callers.front()
                                                                     : 0]];
    if (route.disabled)
        return walk.stop(nearest, depth, tracewords::loggerIsDisabled);
    if (walk.record.levelno <= 0 || walk.record.levelno < route.level)
        return walk.stop(nearest, depth, tracewords::belowLevel(std::max(1, route.level)));
    if (route.logger) {
        for (const NameFilter &filter : nearest.filters) {
            if (!filter.filter(walk.record))
                return walk.stop(nearest, depth, tracewords::passesAlone(filter.name()));
        }
    }
    bool hasHandler = false;
    for (const std::size_t caller : route.callers) {
        if (walk.isFull())
            return;
        const Node &logger = m_nodes[m_loggers[caller]];
        walk.pass(logger, depth);
        hasHandler = hasHandler || !logger.next.empty();
        follow(walk, m_loggers[caller], depth + 1);
    }
    if (route.callers.empty())
        walk.stop(nearest, depth, tracewords::hasNoLogger);
    else if (!hasHandler && walk.record.levelno < level::Warning)
        walk.stop(nearest, depth, tracewords::hasNoHandler);
}

void ChainTracer::enterFilter(Walk &walk, const Node &node, int depth)
{
    if (!node.filter)
        return walk.stop(node, depth, "the filter could not be made");
    if (!node.filter->filter(walk.record))
        return walk.stop(node, depth, tracewords::passesOnly(node.words));
    walk.pass(node, depth);
    follow(walk, m_byId.at(node.id), depth + 1);
}

void ChainTracer::enterHandler(Walk &walk, const Node &node, int depth, bool heedLevel)
{
    if (heedLevel && walk.record.levelno < node.level)
        return walk.stop(node, depth, tracewords::belowLevel(node.level));
    for (const NameFilter &filter : node.filters) {
        if (!filter.filter(walk.record))
            return walk.stop(node, depth, tracewords::passesAlone(filter.name()));
    }
    walk.pass(node, depth);
    // A MemoryHandler passes records to its target whatever the target's level, as in Python; so does a queue
    // unless it is told to heed levels.
    for (const std::size_t to : node.behind) {
        if (walk.isFull())
            return;
        if (m_nodes[to].kind == NodeKind::Filter)
            enterFilter(walk, m_nodes[to], depth + 1);
        else
            enterHandler(walk, m_nodes[to], depth + 1, node.heedsLevelBehind);
    }
}

} // namespace sluice
