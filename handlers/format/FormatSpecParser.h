#pragma once

#include "base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::python {

/// A format specification in its parts.
struct Spec
{
    std::string fill = " "; // one character, UTF-8
    char align = '<';
    char sign = 0;
    bool alternate = false;
    bool noNegativeZero = false;
    char separator = 0; // ',' or '_'
    int group = 3;
    std::int64_t width = -1;
    std::int64_t precision = -1;
    char32_t type = 0;
};

/// Reads a specification for a value of a type that Python calls `typeName`. Sentences are CPython's.
Result<Spec> parseSpec(std::string_view text, std::string_view typeName, char32_t defaultType,
                       char defaultAlign);

/// A character for a sentence: itself where it can be shown, else "\\x..".
std::string shown(char32_t c);

} // namespace sluice::python
