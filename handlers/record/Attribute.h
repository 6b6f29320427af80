#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

/// The attributes that every LogRecord has, in the order in which CPython sets them (and so in
/// the order of a pickled `__dict__`). `message` and `asctime` are no attributes here: they are
/// computed by the Formatter. https://docs.python.org/3/library/logging.html#logrecord-attributes
enum class Attribute : std::uint8_t {
    Name,
    Msg,
    Args,
    Levelname,
    Levelno,
    Pathname,
    Filename,
    Module,
    ExcInfo,
    ExcText,
    StackInfo,
    Lineno,
    FuncName,
    Created,
    Msecs,
    RelativeCreated,
    Thread,
    ThreadName,
    ProcessName,
    Process,
    TaskName,
};

inline constexpr std::size_t attributeCount = static_cast<std::size_t>(Attribute::TaskName) + 1;

/// Python's name of it: "name", "excText" is "exc_text", and so on.
std::string_view attributeName(Attribute attribute);

/// The attribute that Python calls so, if it is one.
std::optional<Attribute> attributeFromName(std::string_view name);

} // namespace sluice
