#include "chain/RoutingWalk.h"

#include "chain/TestRun.h"
#include "chain/WireMeter.h"
#include "record/DeliveryTracker.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace sluice {

namespace {

void count(std::atomic<std::uint64_t> &counter, std::size_t records)
{
    counter.fetch_add(records, std::memory_order_relaxed);
}

} // namespace

RoutingWalk::RoutingWalk(const Ground &ground) : m_ground(ground), m_tree(ground.tree), m_places(ground.nodes.size()), m_ofLogger(ground.loggerNodes.size())
{
}

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

void RoutingWalk::passOn(const RoutingStep &step, RecordSpan records)
{
    m_lowestLevel = std::numeric_limits<int>::min();
    deliver(step, records, Level::Ignored);
}

void RoutingWalk::follow(const RoutingEntry &entry, RecordSpan records)
{
    if (entry.entersLoggers) {
        for (WireMeter *wire : entry.loggerWires)
            wire->pass(records);
        if (TestRun::areUnderWay())
            enterLoggersWatched(records);
        else
            enterLoggers(records);
    }
    for (const RoutingStep &step : entry.steps) {
        step.wire->pass(records);
        deliver(step, records);
    }
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
            if (m_ofLogger[caller]++ == 0)
                m_loggersPassed.push_back(caller);
            for (const RoutingStep &step : m_ground.next[m_ground.loggerNodes[caller]].steps) {
                hasHandler = true;
                if (step.wire->isTapped())
                    step.wire->show(RecordSpan(&record, 1));
                if (m_ground.recordByRecord) {
                    // A handler may be reached twice, with another that shares its file in between.
                    deliver(step, RecordSpan(&record, 1));
                    continue;
                }
                Place &place = m_places[step.node];
                if (place.inbox.empty())
                    m_touched.push_back(step.node);
                place.inbox.push_back(record);
                place.step = step;
            }
        }
        if (!hasHandler && record->levelno >= m_ground.lastResort->level())
            m_ground.lastResort->handle(*record);
    }
    for (const std::size_t logger : m_loggersPassed) {
        const std::size_t passed = std::exchange(m_ofLogger[logger], 0);
        count(m_ground.nodes[m_ground.loggerNodes[logger]]->received, passed);
        for (const RoutingStep &step : m_ground.next[m_ground.loggerNodes[logger]].steps)
            step.wire->count(passed);
    }
    m_loggersPassed.clear();
    for (const std::size_t node : m_touched) {
        Place &place = m_places[node];
        deliver(place.step, place.inbox);
        place.inbox.clear();
    }
}

void RoutingWalk::deliver(const RoutingStep &step, RecordSpan records, Level level)
{
    if (TestRun::areUnderWay()) [[unlikely]]
        deliverWatched(step, records, level);
    else
        deliverAll(step, records, level);
}

void RoutingWalk::deliverAll(const RoutingStep &step, RecordSpan records, Level level)
{
    RoutingNode &node = *m_ground.nodes[step.node];
    if (node.type->kind() == NodeKind::Handler) {
        deliverToHandler(step, records, level);
        return;
    }
    count(node.received, records.size());
    std::vector<const LogRecord *> &passed = m_places[step.node].passed;
    passed.clear();
    std::ranges::copy_if(records, std::back_inserter(passed),
                         [&](const LogRecord *record) { return node.filter->filter(*record); });
    count(node.filtered, records.size() - passed.size());
    if (!passed.empty())
        follow(m_ground.next[step.node], passed);
}

void RoutingWalk::deliverToHandler(const RoutingStep &step, RecordSpan records, Level heeds)
{
    RoutingNode &node = *m_ground.nodes[step.node];
    if (!node.handler) {
        count(node.received, records.size());
        count(node.dropped, records.size());
        step.wire->drop(records.size());
        for (const LogRecord *record : records) {
            if (record->tracker)
                record->tracker->dropped(*record, node.id, node.reason);
        }
        return;
    }
    const int level = heeds == Level::Heeded ? node.handler->level() : std::numeric_limits<int>::min();
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
    if (!node.output)
        node.handler->handle(records);
    else if (const std::size_t dropped = node.output->put(records, step.whenFull))
        step.wire->drop(dropped);
}

} // namespace sluice
