#pragma once

#include <span>
#include <string>

namespace sluice {

/// `sluicectl nodes`: what can be put into a chain, from the declarations. Returns the exit status.
int nodesCommand(std::span<const std::string> arguments);

} // namespace sluice
