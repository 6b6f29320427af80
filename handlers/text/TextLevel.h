#pragma once

#include <optional>
#include <string_view>

namespace sluice {

/// A level as texts name it, with Python's number for it.
struct TextLevel
{
    int number = 0;
    std::string_view name; ///< Python's, where it has one; else as it stands, in capitals where it is known
};

/// The level of a word in whatever spelling: Python's names, those of syslog, Java, Go, .NET, JavaScript ("warn", "Err",
/// "SEVERE", "notice", "trace"), "Level 35". None if it is no level that we know. Lives for ever, but for "Level 35",
/// whose name is the word.
std::optional<TextLevel> levelFromWord(std::string_view word);

/// The level of a word, of any kind: where it is not known, INFO by that name.
TextLevel levelOrInfo(std::string_view word);

/// The level of glog's and Android's single letter.
std::optional<TextLevel> levelFromLetter(char letter);

/// Python's level with its name: DEBUG for 10. `number` is one of Python's.
TextLevel pythonLevel(int number);

/// All names in capitals that a line may begin with.
inline constexpr std::string_view capitalLevels[] = {"DEBUG", "INFO",   "WARNING", "WARN",  "ERROR",  "CRITICAL", "FATAL",  "TRACE",
                                                     "NOTSET", "NOTICE", "SUCCESS", "ALERT", "SEVERE", "VERBOSE", "FINEST", "PANIC"};

} // namespace sluice
