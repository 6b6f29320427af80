#pragma once

#include "base/Problem.h"

#include <QJsonObject>

namespace sluice {

/// The version of project files that is written. What an older Sluice could not read, or would read as something else, gets
/// another, and a step in ProjectMigration.cpp that makes the new out of the old.
constexpr int projectVersion = 2;

/// Brings the object of a project file to this version, step by step. Says what is wrong with its version, above all that it is
/// newer; the object comes back as it is then.
QJsonObject migratedProject(QJsonObject object, Problems &problems);

} // namespace sluice
