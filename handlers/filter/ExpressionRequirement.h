#pragma once

#include "filter/Expression.h"

namespace sluice {

/// See Expression::requiredText().
std::optional<RequiredText> requiredTextOf(const ExpressionNode &node);

} // namespace sluice
