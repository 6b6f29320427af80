#pragma once

#include <span>
#include <string>

namespace sluice {

/// `sluicectl try`: puts one test record into a chain that runs for it alone, and says where it goes.
int tryCommand(std::span<const std::string> words);

} // namespace sluice
