#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// Python's levels. Any other number is a level too. https://docs.python.org/3/library/logging.html#levels
namespace level {
inline constexpr int NotSet = 0;
inline constexpr int Debug = 10;
inline constexpr int Info = 20;
inline constexpr int Warning = 30;
inline constexpr int Error = 40;
inline constexpr int Critical = 50;
} // namespace level

/// Python's logging.getLevelName(number): the name given by addLevelName, or "Level 35".
/// Thread-safe.
std::string levelName(int number);

/// The number of a name that is known: Python's names with WARN and FATAL, and what addLevelName added.
/// Case matters, as in Python. Thread-safe.
std::optional<int> levelNumber(std::string_view name);

/// Gives a number a name, for the whole process, as logging.addLevelName. Thread-safe.
void addLevelName(int number, std::string_view name);

} // namespace sluice
