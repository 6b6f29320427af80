#pragma once

#include <span>
#include <string>

namespace sluice {

/// sluicectl edit: changes a project by the edits that the window knows.
int editCommand(std::span<const std::string> arguments);

} // namespace sluice
