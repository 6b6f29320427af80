#pragma once

#include "chain/Chain.h"

#include <cstddef>

namespace sluice {

/// How many nodes and wires of a chain do something else than in another: new ones, those that are gone, and changed
/// ones. Where nodes stand, comments and the name make no difference: nothing runs otherwise.
std::size_t differencesThatRun(const Chain &before, const Chain &after);

} // namespace sluice
