#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"
#include "chain/ProjectExtras.h"

#include <QJsonObject>

namespace sluice {

/// Reads the JSON object of a project file, of this version or an older one (see ProjectMigration.h):
///
///     { "sluice": 2, "name": …, "nodes": [ { "id", "type", "params", "position" } ], "wires": [ { "from", "port", "to", "queue", "whenFull" } ],
///       "comments": [ { "id", "text", "position", "size" } ], "views": […], "highlights": […], "drawing": … }
///
/// `port` may be left out where the node has one output; `queue` and `whenFull` where the defaults are right. Appends everything that is wrong; the chain
/// holds what could be understood. `extras`: what there is besides; null: nobody wants it, and it is checked all the same.
Chain readProject(const QJsonObject &object, Problems &problems, ProjectExtras *extras = nullptr);

} // namespace sluice
