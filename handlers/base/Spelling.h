#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// The candidate most like a misspelt word, so that a message can ask "is X meant?"; empty if none is near.
std::string nearestWord(std::string_view word, std::span<const std::string> candidates);

} // namespace sluice
