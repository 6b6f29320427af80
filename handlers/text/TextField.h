#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A field of a record that was read from text, and where it stands: for a preview that colours it.
struct TextField
{
    std::string name; ///< Python's name of the attribute ("created", "levelname", "msg", "exc_text"), or the extra field's
    std::size_t begin = 0; ///< in bytes of the record's text
    std::size_t length = 0;

    bool operator==(const TextField &) const = default;
};

using TextFields = std::vector<TextField>;

} // namespace sluice
