#pragma once

#include <span>
#include <string>

namespace sluice {

/// sluicectl secret: puts secrets into the system's key store, for projects that name them.
int secretCommand(std::span<const std::string> words);

} // namespace sluice
