#pragma once

#include "base/Result.h"
#include "format/Formatter.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A field that a format string names, and the literal text up to the next one.
struct FormatField
{
    std::string name;
    std::string literal; ///< behind it
    std::size_t width = 0;
    char align = 0; ///< '<', '>', '^', or 0 for what the type does
};

/// A format string of logging.Formatter in its parts: "%(levelname)-8s %(message)s".
struct FormatFields
{
    std::string literal; ///< in front of the first field
    std::vector<FormatField> fields;

    /// Fails with a sentence where the format cannot be read, or names a field in a way that cannot be read back.
    static Result<FormatFields> parse(std::string_view format, Formatter::Style style);

    /// The style in which a format names fields; Percent where it names none.
    static Formatter::Style guessStyle(std::string_view format);
};

} // namespace sluice
