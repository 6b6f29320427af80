#pragma once

#include "base/Result.h"

#include <string_view>

/// What CPython's Formatter refuses when it is made with validate=True, in its words.
namespace sluice::python {

Status validatePercentFormat(std::string_view format);
Status validateBraceFormat(std::string_view format);
Status validateDollarFormat(std::string_view format);

} // namespace sluice::python
