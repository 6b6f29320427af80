#pragma once

#include <span>
#include <string>

namespace sluice {

/// `sluicectl run`: returns the exit status.
int runCommand(std::span<const std::string> arguments);

} // namespace sluice
