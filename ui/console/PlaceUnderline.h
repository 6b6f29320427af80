#pragma once

#include "filter/Expression.h"

#include <optional>

class QLineEdit;

namespace sluice {

/// Underlines what is wrong in the expression that stands in a line; nothing if there is no place.
void underlinePlace(QLineEdit &line, const std::optional<ExpressionPlace> &place);

} // namespace sluice
