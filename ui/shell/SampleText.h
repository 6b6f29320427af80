#pragma once

#include "chain/RehearsalComparison.h"

#include <QString>

namespace sluice {

/// What would have gone out of a node in a rehearsal, to be read: the drawn chain's first pieces and last ones, files that would have
/// been begun, what is not sure, and, where it differs, the running chain's first pieces.
QString sampleText(const NodeComparison &node);

} // namespace sluice
