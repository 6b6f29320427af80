#pragma once

#include "chain/Chain.h"

namespace sluice {

/// Whether a node says a file by a path that begins at the project's folder.
bool hasRelativePaths(const Chain &chain);

} // namespace sluice
