#pragma once

#include "node/ParamSpec.h"

#include <QJsonValue>

#include <optional>

namespace sluice {

/// What Python takes for true.
bool pythonTruth(const QJsonValue &value);

/// An argument of a Python configuration as a parameter of a node: "ext://…" looked up, a tuple as the group or the
/// list that the node has, numbers as the names it has for them. Undefined: None, where the node has a default of
/// its own. Nothing: the argument is an object of a program, which is not there.
std::optional<QJsonValue> argumentToParam(const ParamSpec &spec, const QJsonValue &value);

/// The way back. Nothing where JSON cannot hold what Python wants.
std::optional<QJsonValue> paramToArgument(const ParamSpec &spec, const QJsonValue &value);

/// Whether there is an "ext://" anywhere in it that is none of Python's constants.
bool refersToProgram(const QJsonValue &value);

} // namespace sluice
