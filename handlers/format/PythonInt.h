#pragma once

#include "base/Result.h"
#include "record/Value.h"

#include <string>

namespace sluice::python {

/// An int of any size, written out: sign and digits apart, as formatting needs them.
struct IntText
{
    bool negative = false;
    std::string digits;
};

/// The digits of an Int, Bool or BigInt in base 2, 8, 10 or 16 (lower case).
IntText intText(const Value &value, int base);

/// int(float): truncated, exact however large. Fails for infinities and NaN.
Result<IntText> intTextFromFloat(double value);

/// float(value) for all numbers; fails for what is no number, and for a BigInt beyond all floats.
Result<double> floatFromValue(const Value &value);

} // namespace sluice::python
