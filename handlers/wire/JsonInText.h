#pragma once

#include <optional>
#include <string_view>

namespace sluice {

/// The first JSON object in a text, or list with an object in it, as programs log them behind some words. Looks at the
/// first megabyte only, and gives up after a few places that look like one and are none.
std::optional<std::string_view> jsonIn(std::string_view text);

} // namespace sluice
