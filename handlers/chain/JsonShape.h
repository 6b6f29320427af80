#pragma once

#include "base/Problem.h"

#include <QJsonObject>
#include <QJsonValue>

#include <string>

namespace sluice {

/// Appends what is wrong with a JSON value by a schema; `path` is the value's JSON path. Of JSON Schema it knows type (one), enum,
/// properties, required, additionalProperties (false alone), items, maxItems, minLength, maxLength, minimum and maximum, which
/// have to be enough for what is declared as a schema here.
void checkShape(const QJsonValue &value, const QJsonObject &schema, const std::string &path, Problems &problems);

} // namespace sluice
