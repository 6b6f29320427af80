#include "wire/JsonInText.h"

#include "base/Arena.h"
#include "wire/JsonReader.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::size_t maxBytes = 1 << 20;
constexpr int maxTries = 16;

/// Behind the bracket that closes the one at the beginning; 0 if none does.
std::size_t lengthOfBracket(std::string_view text)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == '"')
            inString = true;
        else if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return i + 1;
    }
    return 0;
}

bool isWorthATree(const Value &value)
{
    if (value.isDict())
        return !value.entries().empty();
    return std::ranges::any_of(value.items(), [](const Value &item) { return item.isDict(); });
}

} // namespace

std::optional<std::string_view> jsonIn(std::string_view text)
{
    text = text.substr(0, maxBytes);
    JsonReader reader(JsonLimits{100, 20'000});
    std::size_t at = 0;
    for (int i = 0; i < maxTries; ++i) {
        at = text.find_first_of("{[", at);
        if (at == std::string_view::npos)
            break;
        const std::string_view candidate = text.substr(at, lengthOfBracket(text.substr(at)));
        Arena arena;
        if (!candidate.empty()) {
            if (const Result<Value> value = reader.read(candidate, arena); value && isWorthATree(*value))
                return candidate;
        }
        ++at;
    }
    return std::nullopt;
}

} // namespace sluice
