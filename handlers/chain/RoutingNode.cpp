#include "chain/RoutingNode.h"

namespace sluice {

NodeStatus RoutingNode::status() const
{
    NodeStatus status;
    status.id = id;
    status.received = received.load(std::memory_order_relaxed);
    status.filtered = filtered.load(std::memory_order_relaxed);
    status.dropped = dropped.load(std::memory_order_relaxed);
    if (handler) {
        const Handler::Counters counters = handler->counters();
        status.received += counters.received;
        status.filtered += counters.filtered;
        status.dropped += counters.failed;
        status.pending = handler->pending();
    }
    std::string ofOutput;
    if (output) {
        status.pending += output->pending();
        status.received += output->pending() + output->dropped();
        status.dropped += output->dropped();
        ofOutput = output->lastReason();
    }
    const std::lock_guard lock(mutex);
    status.state = failed ? NodeStatus::State::Failed : NodeStatus::State::Running;
    status.reason = reason.empty() ? ofOutput : reason;
    return status;
}

} // namespace sluice
