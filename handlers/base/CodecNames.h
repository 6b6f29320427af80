#pragma once

#include <string>
#include <string_view>

namespace sluice::codecs {

struct Table;

/// The module of Python's `encodings` that a name stands for, however it is spelt: "latin_1" for "ISO-8859-1". A name
/// that Python does not know comes back in the same spelling.
std::string moduleFor(std::string_view encoding);

/// The table of such a module; null if it has none.
const Table *tableOf(std::string_view module);

} // namespace sluice::codecs
