#pragma once

#include "base/Result.h"
#include "text/TextFormat.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// How a user says a format: in a node's parameters, in a settings file, in a dialog.
struct TextFormatChoice
{
    /// "auto", a built-in format's name, "python" with a format string, or "pattern" with a regular expression.
    std::string format = "auto";
    std::string pattern;
    /// strptime's, as Python's datefmt; empty: what is usual for the format.
    std::string timeFormat;

    bool operator==(const TextFormatChoice &) const = default;
};

namespace textFormats {

inline constexpr std::string_view automatic = "auto";
inline constexpr std::string_view python = "python";
inline constexpr std::string_view pattern = "pattern";

/// All formats that are there ready made, made at the first call. Any thread.
std::span<const TextFormatPtr> builtin();

/// The built-in format of a name; null if there is none.
TextFormatPtr find(std::string_view name);

/// What nobody recognises: plain lines.
const TextFormatPtr &plain();

/// All that TextFormatChoice::format may be: "auto", the built-in names, "python", "pattern".
std::vector<std::string> names();

/// The format that was chosen; null for "auto". Fails where a pattern or time format is wrong.
Result<TextFormatPtr> create(const TextFormatChoice &choice);

} // namespace textFormats
} // namespace sluice
