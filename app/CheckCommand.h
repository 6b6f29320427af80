#pragma once

#include <span>
#include <string>

namespace sluice {

/// `sluicectl check`: returns the exit status.
int checkCommand(std::span<const std::string> arguments);

} // namespace sluice
