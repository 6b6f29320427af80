#pragma once

#include "chain/Chain.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Why a wire cannot be added to a chain: one sentence; empty if it can. What it refuses is what Chain::checkWiring()
/// would find with the wire in it.
std::string whyNotConnect(const Chain &chain, const Wire &wire);

/// The wires that could be added from one node to another: one for each output that may lead there.
std::vector<Wire> possibleWires(const Chain &chain, std::string_view from, std::string_view to);

/// All wires that could be added from an output: for whoever shows where a wire may lead. As often as not
/// there are many, so that it asks the chain once and not for each.
std::vector<Wire> possibleWiresFrom(const Chain &chain, std::string_view from, std::string_view port);
/// The same for wires to a node, from any output.
std::vector<Wire> possibleWiresTo(const Chain &chain, std::string_view to);

} // namespace sluice
