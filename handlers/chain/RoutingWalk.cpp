#include "chain/RoutingWalk.h"

#include "record/DeliveryTracker.h"

#include <algorithm>
#include <iterator>

namespace sluice {

namespace {

void count(std::atomic<std::uint64_t> &counter, std::size_t records)
{
    counter.fetch_add(records, std::memory_order_relaxed);
}

} // namespace

RoutingWalk::RoutingWalk(const Ground &ground) : m_ground(ground), m_tree(ground.tree), m_places(ground.nodes.size()) {}

void RoutingWalk::run(const RoutingEntry &entry, RecordSpan records, int lowestLevel)
{
    m_lowestLevel = lowestLevel;
    if (!m_ground.recordByRecord) {
        follow(entry, records);
        return;
    }
    for (const LogRecord *const &record : records)
        follow(entry, RecordSpan(&record, 1));
}

void RoutingWalk::run(const RoutingStep &step, RecordSpan records, int lowestLevel)
{
    m_lowestLevel = lowestLevel;
    deliver(step, records);
}

void RoutingWalk::follow(const RoutingEntry &entry, RecordSpan records)
{
    if (entry.entersLoggers)
        enterLoggers(records);
    for (const RoutingStep &step : entry.steps)
        deliver(step, records);
}

void RoutingWalk::enterLoggers(RecordSpan records)
{
    m_touched.clear();
    for (const LogRecord *record : records) {
        const LoggerTree::Route &route = m_tree.route(record->name());
        // logging.disable(NOTSET), Python's default, holds back what is not above NOTSET.
        if (route.disabled || record->levelno < route.level || record->levelno <= 0)
            continue;
        if (route.logger) {
            const auto &filters = m_ground.nodes[m_ground.loggerNodes[*route.logger]]->loggerFilters;
            if (!std::ranges::all_of(filters, [&](const NameFilter &filter) { return filter.filter(*record); }))
                continue;
        }
        bool hasHandler = false;
        for (const std::size_t caller : route.callers) {
            RoutingNode &logger = *m_ground.nodes[m_ground.loggerNodes[caller]];
            count(logger.received, 1);
            for (const RoutingStep &step : logger.next.steps) {
                hasHandler = true;
                if (m_ground.recordByRecord) {
                    // A handler may be reached twice, with another that shares its file in between.
                    deliver(step, RecordSpan(&record, 1));
                    continue;
                }
                Place &place = m_places[step.node];
                if (place.inbox.empty())
                    m_touched.push_back(step.node);
                place.inbox.push_back(record);
                place.whenFull = step.whenFull;
            }
        }
        if (!hasHandler && record->levelno >= m_ground.lastResort->level())
            m_ground.lastResort->handle(*record);
    }
    for (const std::size_t node : m_touched) {
        Place &place = m_places[node];
        deliver({node, place.whenFull}, place.inbox);
        place.inbox.clear();
    }
}

void RoutingWalk::deliver(const RoutingStep &step, RecordSpan records)
{
    RoutingNode &node = *m_ground.nodes[step.node];
    if (node.type->kind() == NodeKind::Handler) {
        deliverToHandler(step, records);
        return;
    }
    count(node.received, records.size());
    std::vector<const LogRecord *> &passed = m_places[step.node].passed;
    passed.clear();
    std::ranges::copy_if(records, std::back_inserter(passed),
                         [&](const LogRecord *record) { return node.filter->filter(*record); });
    count(node.filtered, records.size() - passed.size());
    if (!passed.empty())
        follow(node.next, passed);
}

void RoutingWalk::deliverToHandler(const RoutingStep &step, RecordSpan records)
{
    RoutingNode &node = *m_ground.nodes[step.node];
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
        std::vector<const LogRecord *> &passed = m_places[step.node].passed;
        passed.clear();
        std::ranges::copy_if(records, std::back_inserter(passed), passes);
        count(node.received, records.size() - passed.size());
        count(node.filtered, records.size() - passed.size());
        records = passed;
    }
    if (records.empty())
        return;
    if (node.output)
        node.output->put(records, step.whenFull);
    else
        node.handler->handle(records);
}

} // namespace sluice
