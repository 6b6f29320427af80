#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"

#include <QJsonObject>

namespace sluice {

/// Reads the JSON object of a project file, version 1:
///
///     { "sluice": 1, "name": …, "nodes": [ { "id", "type", "params", "position" } ], "wires": [ { "from", "port", "to", "queue", "whenFull" } ] }
///
/// `port` may be left out where the node has one output; `queue` and `whenFull` where the defaults are right. Appends everything that is wrong; the chain
/// holds what could be understood.
Chain readProject(const QJsonObject &object, Problems &problems);

} // namespace sluice
