#include "chain/NodeTarget.h"

#include "chain/WireMeter.h"

namespace sluice {

NodeTarget::NodeTarget(const RoutingWalk::Ground &ground, RoutingStep step, std::shared_ptr<WireMeter> meter)
    : m_walk(ground), m_step(step), m_meter(std::move(meter))
{
    const RoutingNode &node = *ground.nodes[step.node];
    setName(node.id);
    if (node.handler) {
        setLevel(node.handler->level());
        m_keepsTogether = !node.output && node.handler->keepsTogether();
    }
}

Status NodeTarget::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void NodeTarget::emitBatch(RecordSpan records)
{
    m_meter->pass(records);
    m_walk.passOn(m_step, records);
}

} // namespace sluice
