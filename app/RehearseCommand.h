#pragma once

#include <span>
#include <string>

namespace sluice {

/// sluicectl rehearse: what a chain would do with records, without doing it. Returns the exit status.
int rehearseCommand(std::span<const std::string> arguments);

} // namespace sluice
