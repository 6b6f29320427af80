#pragma once

#include "base/Result.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The exit statuses of sluicectl.
namespace exitStatus {
inline constexpr int delivered = 0;
inline constexpr int wrongConfiguration = 1;
inline constexpr int usage = 2;
inline constexpr int recordsLost = 3;
} // namespace exitStatus

/// A command's words, told apart into options and what remains.
struct Arguments
{
    std::map<std::string, std::string, std::less<>> options; ///< with their dashes; flags have an empty value
    std::vector<std::string> rest;

    bool has(std::string_view option) const { return options.contains(option); }
    std::string value(std::string_view option, std::string otherwise = {}) const;

    /// `flags` stand alone, `valued` are followed by a value ("--input FILE" or "--input=FILE"). "--" ends the options,
    /// "-" is no option. Refuses what is not named, and what is said twice.
    static Result<Arguments> parse(std::span<const std::string> words, std::span<const std::string_view> flags,
                                   std::span<const std::string_view> valued);
};

} // namespace sluice
