#pragma once

#include <string>

namespace sluice::python {

/// What changes how a float is written, beside its precision.
struct FloatStyle
{
    bool alternate = false;    ///< '#': keep the decimal point, and the zeros of 'g'
    bool addPointZero = false; ///< ".0" where neither point nor exponent would say that it is a float
    bool noNegativeZero = false;
};

/// Appends a float as CPython's PyOS_double_to_string does, whatever the locale of the process. `type`: e, E,
/// f, F, g, G, or r (shortest text that reads back as the same number; the precision is ignored). Nothing is
/// written for the sign of a NaN.
void appendFloat(std::string &out, double value, char type, int precision, FloatStyle style = {});

/// repr(float), which is str(float) as well.
inline void appendFloatRepr(std::string &out, double value)
{
    appendFloat(out, value, 'r', 0, {.addPointZero = true});
}

} // namespace sluice::python
