#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice {

/// How a node of a running chain is.
struct NodeStatus
{
    enum class State {
        Stopped,
        Running,
        Finished, ///< a receiver whose input has ended
        Failed,   ///< it could not be started, or lost what it needs; `reason` says why. The rest goes on.
    };

    std::string id;
    State state = State::Stopped;
    std::string reason;   ///< one sentence; of a running node: its last error
    std::string endpoint; ///< where a receiver listens
    std::uint64_t received = 0;
    std::uint64_t filtered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t pending = 0; ///< held by it for later
};

/// What goes along a wire of a running chain.
struct WireStatus
{
    std::string from;
    std::string port;
    std::string to;
    std::uint64_t passed = 0;  ///< records that were given to its end
    std::uint64_t dropped = 0; ///< of these, lost there: no room, or nothing that could take them
    std::uint64_t waiting = 0; ///< in the queue before its end, which all wires to that node share
    std::uint64_t room = 0;    ///< records that may wait there; 0: nothing waits
};

/// Why a node dropped records, and one of them.
struct DropStatus
{
    std::string node;
    std::string reason;
    std::uint64_t count = 0;
    std::string sample; ///< the beginning of the first message that was dropped so
};

/// What became of the records of one source: accepted = delivered + pending + dropped, at any moment
/// at which the router is at rest.
struct SourceStatus
{
    std::string receiver; ///< node id
    std::string peer;
    std::uint64_t accepted = 0;
    std::uint64_t delivered = 0; ///< went everywhere they were to go, which may be nowhere
    std::uint64_t pending = 0;   ///< queued, or held by a node
    std::uint64_t dropped = 0;   ///< lost by at least one node
    std::uint64_t rejected = 0;  ///< arrived and were no records; not among the accepted
    std::string lastRejection;   ///< reason and sample
    std::vector<DropStatus> drops;
};

/// A moment of a router, for whoever asks (the status bar, `--ledger`). Plain values.
struct RouterStatus
{
    std::vector<NodeStatus> nodes; ///< in the order of the chain
    std::vector<WireStatus> wires; ///< in the order of the chain
    std::vector<SourceStatus> sources;

    SourceStatus total() const;
};

} // namespace sluice
