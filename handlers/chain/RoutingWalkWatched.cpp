#include "chain/RoutingWalk.h"

#include "chain/TestRun.h"
#include "chain/TraceWords.h"
#include "chain/WireMeter.h"
#include "record/DeliveryTracker.h"

#include <QJsonArray>

#include <algorithm>
#include <deque>
#include <iterator>

// The way of test records, which are told of each node they come to. What goes with them goes as ever: the same records,
// together, through the same handlers.
namespace sluice {

namespace {

bool isWatched(const LogRecord *record) { return record->tracker && record->tracker->isWatched(); }

/// Why the node holds the record back; empty if it does not.
std::string refusal(const RoutingNode &node, const LogRecord &record, bool heedsLevel)
{
    if (node.filter)
        return node.filter->filter(record) ? std::string() : tracewords::passesOnly(node.type->describe(node.params));
    if (!node.handler)
        return {};
    if (heedsLevel && record.levelno < node.handler->level())
        return tracewords::belowLevel(node.handler->level());
    if (node.handler->filter(record))
        return {};
    for (const QJsonValue &name : node.params.value(u"filters").toArray()) {
        if (!NameFilter(name.toString().toStdString()).filter(record))
            return tracewords::passesAlone(name.toString().toStdString());
    }
    return "a filter of it does not pass the record";
}

} // namespace

void RoutingWalk::deliverWatched(const RoutingStep &step, RecordSpan records, Level level)
{
    if (std::ranges::none_of(records, isWatched)) {
        deliverAll(step, records, level);
        return;
    }
    struct Guest
    {
        TestRun::Visit visit;
        bool goesOn;
    };
    const RoutingNode &node = *m_ground.nodes[step.node];
    std::vector<const LogRecord *> all(records.begin(), records.end());
    std::deque<Guest> guests; // none moves: records in `all` are theirs
    for (const LogRecord *&record : all) {
        if (!isWatched(record))
            continue;
        Guest &guest = guests.emplace_back(Guest{TestRun::Visit(*record, node.id, step.wire->wire()), true});
        record = &guest.visit.record();
        std::string why = refusal(node, *record, level == Level::Heeded);
        guest.goesOn = why.empty();
        if (!guest.goesOn)
            guest.visit.reject(std::move(why));
        else if (node.filter)
            guest.visit.pass();
        else if (node.output)
            guest.visit.queue();
    }
    deliverAll(step, all, level);
    for (Guest &guest : guests) {
        if (guest.goesOn && node.handler && !node.output)
            guest.visit.handled(node.type->outputs().size() > 0);
    }
}

void RoutingWalk::enterLoggersWatched(RecordSpan records)
{
    if (std::ranges::none_of(records, isWatched)) {
        enterLoggers(records);
        return;
    }
    std::vector<const LogRecord *> others;
    std::ranges::copy_if(records, std::back_inserter(others), [](const LogRecord *record) { return !isWatched(record); });
    enterLoggers(others);
    for (const LogRecord *record : records) {
        if (isWatched(record))
            enterLoggersAlone(*record);
    }
}

void RoutingWalk::enterLoggersAlone(const LogRecord &record)
{
    const LoggerTree::Route route = m_tree.route(record.name());
    const auto nodeOf = [&](std::size_t logger) -> RoutingNode & { return *m_ground.nodes[m_ground.loggerNodes[logger]]; };
    static const Wire out;
    const std::size_t nearest = route.logger ? *route.logger : !route.callers.empty() ? route.callers.front() : 0;
    const auto stop = [&](std::string why) { TestRun::Visit(record, nodeOf(nearest).id, out).reject(std::move(why)); };
    if (route.disabled)
        return stop(tracewords::loggerIsDisabled);
    if (record.levelno < route.level || record.levelno <= 0)
        return stop(tracewords::belowLevel(std::max(1, route.level)));
    if (route.logger) {
        for (const NameFilter &filter : nodeOf(*route.logger).loggerFilters) {
            if (!filter.filter(record))
                return stop(tracewords::passesAlone(filter.name()));
        }
    }
    bool hasHandler = false;
    for (const std::size_t caller : route.callers) {
        RoutingNode &logger = nodeOf(caller);
        TestRun::Visit visit(record, logger.id, out);
        visit.pass();
        logger.received.fetch_add(1, std::memory_order_relaxed);
        const LogRecord *const one = &visit.record();
        for (const RoutingStep &step : m_ground.next[m_ground.loggerNodes[caller]].steps) {
            hasHandler = true;
            step.wire->pass(RecordSpan(&one, 1));
            deliver(step, RecordSpan(&one, 1));
        }
    }
    if (hasHandler)
        return;
    if (record.levelno >= m_ground.lastResort->level())
        m_ground.lastResort->handle(record);
    else
        stop(route.callers.empty() ? tracewords::hasNoLogger : tracewords::hasNoHandler);
}

} // namespace sluice
