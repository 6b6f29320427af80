#pragma once

#include "chain/Chain.h"

#include <string>

namespace sluice {

/// What a handler writes to that another could write to as well: a file by its whole path, a standard stream by its name.
/// Empty: nothing.
std::string sharedOutput(const NodeType &type, const QJsonObject &params, const NodeContext &context);

/// Whether each record must go all its ways through the chain before the next: where two handlers write to one thing, or one
/// file is another's backup, or a node is reached in two ways of which a handler's target is one. Else batches do, which is
/// quicker, and nobody can tell.
bool needsRecordOrder(const Chain &chain, const NodeContext &context);

} // namespace sluice
