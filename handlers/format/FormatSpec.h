#pragma once

#include "base/Result.h"
#include "record/Value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::python {

/// Appends `format(value, spec)`: Python's format specification mini-language for str, int, float and bool;
/// values of other types take the empty spec only. Sentences are CPython's. Widths and precisions beyond 16
/// MiB are refused. https://docs.python.org/3/library/string.html#format-specification-mini-language
Status appendFormatted(std::string &out, const Value &value, std::string_view spec);

} // namespace sluice::python
