#pragma once

#include "chain/RoutingWalk.h"
#include "handler/Handler.h"

#include <memory>

namespace sluice {

class WireMeter;

/// The wire from a handler to what it passes records to, as a MemoryHandler's to its target: they go on as if they came by an
/// ordinary wire, on whatever thread brings them.
class NodeTarget final : public Handler
{
public:
    /// To the node at the end of `step`, whose level and needs it has. `ground` outlives it.
    NodeTarget(const RoutingWalk::Ground &ground, RoutingStep step, std::shared_ptr<WireMeter> meter);

    bool keepsTogether() const override { return m_keepsTogether; }

protected:
    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

private:
    RoutingWalk m_walk;
    const RoutingStep m_step;
    const std::shared_ptr<WireMeter> m_meter;
    bool m_keepsTogether = false;
};

} // namespace sluice
