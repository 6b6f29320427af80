#pragma once

#include <span>
#include <string>

namespace sluice {

/// `sluicectl convert`: returns the exit status.
int convertCommand(std::span<const std::string> arguments);

} // namespace sluice
