#pragma once

#include <span>
#include <string>

namespace sluice {

/// sluicectl query: the console's filter, without the console.
int queryCommand(std::span<const std::string> words);

} // namespace sluice
