#pragma once

#include "chain/Chain.h"
#include "chain/RouterStatus.h"
#include "handler/RehearsedOutput.h"
#include "record/LogRecordBatch.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

class RoutingPlan;

/// What a node did in a rehearsal.
struct RehearsedNode
{
    NodeStatus status; ///< its counters; pending: what it still held at the end
    /// What would have gone out of it; null if it reaches nothing outside.
    std::shared_ptr<const RehearsedOutput> output;

    std::uint64_t passed() const { return status.received - status.filtered; }
};

/// What a chain did in a rehearsal. A plain value.
struct RehearsalResult
{
    std::uint64_t records = 0; ///< that were taken through it
    std::vector<RehearsedNode> nodes; ///< in the order of the chain

    const RehearsedNode *node(std::string_view id) const;
};

/// Takes records through a chain without touching the world outside: no receiver is opened, filters, loggers, formatters, buffers and
/// queues are the real ones, and in the place of each handler that would write or send stands one that makes the same lines, frames
/// and mails and only tells what they are (NodeType::createForRehearsal). Time is the records' own. Nothing waits and nothing is
/// slow, so no queue is ever full: what that costs is in RouteGuarantee.h. For one thread.
class Rehearsal
{
public:
    /// The chain has no problems (Chain::check). Relative paths begin at the folder; none is opened.
    Rehearsal(const Chain &chain, const std::string &baseDirectory);
    ~Rehearsal();
    Rehearsal(const Rehearsal &) = delete;
    Rehearsal &operator=(const Rehearsal &) = delete;

    /// Takes records through the chain as if this receiver had given them. Of one that the chain does not have they enter as a
    /// replay's do: at the loggers, or else where receivers feed it.
    void run(const LogRecordBatch &batch, std::string_view receiver);

    RehearsalResult result() const;

private:
    class Outputs;

    const Chain m_chain;
    std::shared_ptr<Outputs> m_outputs;
    std::unique_ptr<RoutingPlan> m_plan;
    std::map<std::string, std::uint64_t, std::less<>> m_received; ///< by receiver
    std::uint64_t m_records = 0;
};

} // namespace sluice
