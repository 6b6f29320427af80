#pragma once

#include "node/NodeType.h"

namespace sluice {

/// Makes a handler from its node, lets it handle one sample record and closes it: what the world said to that, in a sentence.
/// Blocks as long as the handler does; its time-outs are those of a trial.
Result<std::string> sendTestRecord(const NodeType &type, const QJsonObject &params, const NodeContext &context);

} // namespace sluice
