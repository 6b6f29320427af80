#pragma once

#include <QJsonObject>

namespace sluice {

/// The JSON Schema (2020-12) of project files, made from what nodes declare: for editors, and for programs that write
/// projects. What it refuses, readProject() refuses; that checks more, such as what holds between two parameters, and wires.
QJsonObject projectSchema();

/// The parts of it for ProjectExtras, in the words that checkShape() knows: they are the declaration of what is kept there.
QJsonObject viewsSchema();
QJsonObject highlightsSchema();
QJsonObject drawingSchema();

} // namespace sluice
