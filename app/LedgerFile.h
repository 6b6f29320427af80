#pragma once

#include "base/Result.h"
#include "chain/RouterStatus.h"

#include <string>

namespace sluice {

/// Writes a router's account as JSON: the total, each source with its drops, and each node. "-" is standard output.
Status writeLedger(const RouterStatus &status, const std::string &path);

} // namespace sluice
