#pragma once

#include "base/Result.h"
#include "format/PercentItem.h"
#include "record/Value.h"

#include <cstdint>
#include <string>

namespace sluice::python {

/// Appends one value as a conversion without error says: its type, flags, and these in place of what it says
/// of them itself, since they may have come from arguments (-1: none). Sentences of failures are CPython's;
/// nothing is appended then.
Status appendConverted(std::string &out, const PercentItem &item, std::int64_t width, std::int64_t precision,
                       bool left, const Value &value);

} // namespace sluice::python
