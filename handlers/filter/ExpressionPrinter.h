#pragma once

#include "filter/ExpressionNode.h"

#include <string>

namespace sluice {

/// Writes an expression in its canonical spelling. No And or Or stands in one of its own kind.
std::string printExpression(const ExpressionNode &root);

} // namespace sluice
