#pragma once

#include "chain/Chain.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What a failure would cost on a route, and where.
struct RouteCost
{
    NodeGuarantee::Loss loss = NodeGuarantee::Loss::None;
    std::string sentence; ///< with the nodes that have to do with it
    std::string worst;    ///< the node that costs most; empty if the cost is nobody's or the router's own
};

/// A way that records can take through a chain, and what it costs them when something fails.
struct RouteGuarantee
{
    std::vector<std::string> nodes; ///< from the receiver to the last node
    RouteCost crash;
    RouteCost fullDisk;
    RouteCost deadPeer;
    std::string weakest;        ///< the node that costs most; empty if nothing can be lost but what is under way in the router
    std::string weakestFailure; ///< "crash", "full disk" or "dead peer", with `weakest`

    bool contains(std::string_view node) const;
};

/// All guarantees of a chain.
struct ChainGuarantee
{
    static constexpr std::size_t maxRoutes = 500;
    static constexpr std::size_t maxSteps = 100'000;

    std::vector<RouteGuarantee> routes;
    bool isCut = false; ///< there are more routes than that
};

/// What a crash of the program, a full disk and a dead peer would cost on each route of a chain that has no problems, by what the
/// nodes' declarations say of their code. Any record of a receiver that leads to loggers may take each of them. A pure function.
ChainGuarantee guaranteeOf(const Chain &chain);

} // namespace sluice
