#include "text/TextLevel.h"

#include "record/Level.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace sluice {

namespace {

struct Known
{
    std::string_view word; ///< in small letters
    int number;
    std::string_view name;
};

constexpr int trace = 5;
constexpr int notice = 25;

constexpr std::array<Known, 44> knownLevels = {{
    {"info", level::Info, "INFO"},
    {"debug", level::Debug, "DEBUG"},
    {"warning", level::Warning, "WARNING"},
    {"error", level::Error, "ERROR"},
    {"warn", level::Warning, "WARNING"},
    {"critical", level::Critical, "CRITICAL"},
    {"fatal", level::Critical, "CRITICAL"},
    {"notice", notice, "NOTICE"},
    {"trace", trace, "TRACE"},
    {"err", level::Error, "ERROR"},
    {"crit", level::Critical, "CRITICAL"},
    {"inf", level::Info, "INFO"},
    {"dbg", level::Debug, "DEBUG"},
    {"wrn", level::Warning, "WARNING"},
    {"ftl", level::Critical, "CRITICAL"},
    {"trc", trace, "TRACE"},
    {"notset", level::NotSet, "NOTSET"},
    {"information", level::Info, "INFO"},
    {"informational", level::Info, "INFO"},
    {"emerg", level::Critical, "CRITICAL"},
    {"emergency", level::Critical, "CRITICAL"},
    {"alert", level::Critical, "CRITICAL"},
    {"panic", level::Critical, "CRITICAL"},
    {"dpanic", level::Critical, "CRITICAL"},
    {"severe", level::Error, "ERROR"},
    {"failure", level::Error, "ERROR"},
    {"fail", level::Error, "ERROR"},
    {"success", notice, "SUCCESS"},
    {"verbose", trace, "TRACE"},
    {"verb", trace, "TRACE"},
    {"vrb", trace, "TRACE"},
    {"config", level::Debug, "DEBUG"},
    {"fine", level::Debug, "DEBUG"},
    {"finer", trace, "TRACE"},
    {"finest", trace, "TRACE"},
    {"silly", trace, "TRACE"},
    {"http", level::Info, "INFO"},
    {"log", level::Info, "INFO"},
    {"default", level::Info, "INFO"},
    {"warnings", level::Warning, "WARNING"},
    {"errors", level::Error, "ERROR"},
    {"exception", level::Error, "ERROR"},
    {"debug1", level::Debug, "DEBUG"},
    {"statement", level::Info, "INFO"},
}};

bool isSame(std::string_view word, std::string_view small)
{
    if (word.size() != small.size())
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((word[i] | 0x20) != (small[i] | 0x20))
            return false;
    }
    return true;
}

} // namespace

std::optional<TextLevel> levelFromWord(std::string_view word)
{
    if (word.size() < 3 || word.size() > 16)
        return std::nullopt;
    for (const Known &known : knownLevels) {
        if (isSame(word, known.word))
            return TextLevel{known.number, known.name};
    }
    constexpr std::string_view unnamed = "Level ";
    if (word.starts_with(unnamed)) {
        int number = 0;
        const auto [end, error] = std::from_chars(word.data() + unnamed.size(), word.data() + word.size(), number);
        if (error == std::errc() && end == word.data() + word.size())
            return TextLevel{number, word};
    }
    return std::nullopt;
}

TextLevel levelOrInfo(std::string_view word)
{
    if (const auto known = levelFromWord(word))
        return *known;
    // addLevelName may have given it a number.
    if (word.size() <= 64) {
        if (const auto number = levelNumber(word))
            return {*number, word};
    }
    return {level::Info, word.empty() ? std::string_view("INFO") : word};
}

std::optional<TextLevel> levelFromLetter(char letter)
{
    switch (letter) {
    case 'V':
    case 'T':
        return TextLevel{trace, "TRACE"};
    case 'D':
        return pythonLevel(level::Debug);
    case 'I':
        return pythonLevel(level::Info);
    case 'W':
        return pythonLevel(level::Warning);
    case 'E':
        return pythonLevel(level::Error);
    case 'C':
    case 'F':
        return pythonLevel(level::Critical);
    default:
        return std::nullopt;
    }
}

TextLevel pythonLevel(int number)
{
    if (number >= level::Critical)
        return {number, "CRITICAL"};
    if (number >= level::Error)
        return {number, "ERROR"};
    if (number >= level::Warning)
        return {number, "WARNING"};
    if (number >= level::Info)
        return {number, "INFO"};
    if (number >= level::Debug)
        return {number, "DEBUG"};
    return {number, "NOTSET"};
}

} // namespace sluice
