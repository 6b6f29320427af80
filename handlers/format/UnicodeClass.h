#pragma once

namespace sluice::python {

/// str.isprintable() of one character, by the Unicode version of CPython 3.11.
bool isPrintable(char32_t c);

/// Whether `\w` of Python's re matches: letters, digits of every script, and "_".
bool isWordCharacter(char32_t c);

} // namespace sluice::python
