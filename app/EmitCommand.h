#pragma once

#include <span>
#include <string>

namespace sluice {

/// `sluicectl emit`: generates records and sends them as Python's handlers do, over any of their wires. Returns
/// the exit status.
int emitCommand(std::span<const std::string> arguments);

} // namespace sluice
