#pragma once

#include "base/Result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

/// Expands gzip or zlib data, told apart by their headers, and appends it to `out`. Several gzip members in a row
/// are one text, as gzip(1) has it. Stops with an error at `maxBytes` of output, at damage, and where the data ends
/// too early or goes on behind its end.
Status inflate(std::string_view compressed, std::size_t maxBytes, std::string &out);

} // namespace sluice
