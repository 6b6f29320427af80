#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace sluice {

/// Lets std::unordered_map<std::string, …> be asked with a std::string_view.
struct StringHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

} // namespace sluice
