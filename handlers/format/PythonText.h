#pragma once

#include "record/Value.h"

#include <string>
#include <string_view>

/// Values written out as CPython 3.11 writes them.
namespace sluice::python {

/// str(value). An Inert is the text that says what it was.
void appendStr(std::string &out, const Value &value);

/// repr(value). Nesting deeper than 200 is written as "...".
void appendRepr(std::string &out, const Value &value);

/// ascii(value): repr with everything beyond ASCII escaped.
void appendAscii(std::string &out, const Value &value);

/// repr of a str: its quotes chosen as Python does, what cannot be printed escaped.
void appendTextRepr(std::string &out, std::string_view text, bool asciiOnly = false);

/// repr of bytes: b'...'.
void appendBytesRepr(std::string &out, std::string_view bytes);

std::string repr(const Value &value);
std::string textRepr(std::string_view text);

/// Python's name for the type of a value: "str", "NoneType", and "object" for an Inert.
std::string_view typeName(const Value &value);

} // namespace sluice::python
