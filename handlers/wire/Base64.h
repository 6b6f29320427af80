#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// RFC 4648, with padding, on one line.
std::string base64(std::string_view bytes);

/// The bytes of base64 text, whose padding may be missing; none if it is something else.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace sluice
