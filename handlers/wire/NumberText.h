#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// Appends Python's repr of a float: the shortest digits that read back the same.
void appendFloatRepr(double number, std::string &out);

/// Python's float(text) for decimal numbers, "inf" and "nan" without spaces or underscores: rounds correctly,
/// and what is too large or too small becomes infinite or zero. None if it is no number.
std::optional<double> floatFromText(std::string_view text);

} // namespace sluice
