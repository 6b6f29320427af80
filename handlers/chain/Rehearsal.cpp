#include "chain/Rehearsal.h"

#include "chain/RoutingPlan.h"

#include <algorithm>

namespace sluice {

/// What the handlers of the plan tell.
class Rehearsal::Outputs
{
public:
    std::shared_ptr<RehearsedOutput> of(const std::string &id)
    {
        std::shared_ptr<RehearsedOutput> &output = m_all[id];
        if (!output)
            output = std::make_shared<RehearsedOutput>();
        return output;
    }

    std::shared_ptr<const RehearsedOutput> find(const std::string &id) const
    {
        const auto found = m_all.find(id);
        return found == m_all.end() ? nullptr : found->second;
    }

private:
    std::map<std::string, std::shared_ptr<RehearsedOutput>> m_all;
};

const RehearsedNode *RehearsalResult::node(std::string_view id) const
{
    const auto found = std::ranges::find_if(nodes, [&](const RehearsedNode &node) { return node.status.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

Rehearsal::Rehearsal(const Chain &chain, const std::string &baseDirectory) : m_chain(chain), m_outputs(std::make_shared<Outputs>())
{
    NodeContext context;
    context.baseDirectory = baseDirectory;
    context.recordClock = true;
    context.rehearsedOutput = [outputs = m_outputs](const std::string &id) { return outputs->of(id); };
    m_plan = std::make_unique<RoutingPlan>(m_chain, context, WhenFull::Block);
    for (const ChainNode &node : m_chain.nodes()) {
        if (node.type->kind() == NodeKind::Receiver)
            m_received.emplace(node.id, 0);
    }
}

Rehearsal::~Rehearsal() = default;

void Rehearsal::run(const LogRecordBatch &batch, std::string_view receiver)
{
    m_records += batch.size();
    if (const auto found = m_received.find(receiver); found != m_received.end()) {
        found->second += batch.size();
        m_plan->run(m_plan->entryOf(receiver), batch);
    } else {
        m_plan->run(m_plan->replayEntry(), batch);
    }
}

RehearsalResult Rehearsal::result() const
{
    RehearsalResult result;
    result.records = m_records;
    for (const ChainNode &node : m_chain.nodes()) {
        RehearsedNode rehearsed;
        if (const auto received = m_received.find(node.id); received != m_received.end()) {
            rehearsed.status.id = node.id;
            rehearsed.status.received = received->second;
        } else {
            rehearsed.status = m_plan->status(node.id);
        }
        rehearsed.output = m_outputs->find(node.id);
        result.nodes.push_back(std::move(rehearsed));
    }
    return result;
}

} // namespace sluice
