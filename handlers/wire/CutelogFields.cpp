#include "wire/CutelogFields.h"

#include "record/Level.h"
#include "wire/NumberText.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace sluice {

namespace {

constexpr std::size_t maxWord = 64;

struct LevelWord
{
    std::string_view word;
    int number;
};

/// What other languages call levels, besides what Python knows.
constexpr std::array otherWords = {
    LevelWord{"TRACE", 5},   LevelWord{"ERR", level::Error},      LevelWord{"CRIT", level::Critical},
    LevelWord{"PANIC", level::Critical}, LevelWord{"DPANIC", level::Critical},
};

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return upper;
}

std::optional<int> levelOf(const std::string &word)
{
    if (const auto known = levelNumber(word))
        return known;
    const auto found = std::ranges::find(otherWords, std::string_view(word), &LevelWord::word);
    return found == otherWords.end() ? std::nullopt : std::optional(found->number);
}

} // namespace

/// Seconds since 1970, from a number, a number's text or a date.
std::optional<double> CutelogFields::secondsOf(const Value &time, Nanoseconds received)
{
    if (time.isNumber())
        return std::isfinite(time.asReal()) ? std::optional(time.asReal()) : std::nullopt;
    const std::string_view text = time.chars();
    if (!time.isText() || text.size() > maxWord)
        return std::nullopt;
    if (const auto number = floatFromText(text))
        return std::isfinite(*number) ? number : std::nullopt;
    const auto found = m_time.read(text, received);
    return found && found->bytes == text.size() ? std::optional(toSeconds(found->time)) : std::nullopt;
}

Value CutelogFields::read(const Value &dict, Arena &arena, Nanoseconds received)
{
    if (!dict.isDict())
        return dict;
    Value message, levelname, levelno, word, created, time;
    for (const Field &field : dict.entries()) {
        const std::string_view key = field.key.chars();
        if (key == "message")
            message = field.value;
        else if (key == "levelname")
            levelname = field.value;
        else if (key == "levelno")
            levelno = field.value;
        else if (key == "level")
            word = field.value;
        else if (key == "created")
            created = field.value;
        else if (key == "time")
            time = field.value;
    }

    m_fields.clear();
    if (!message.isNone())
        m_fields.push_back({Value::text("msg"), message});
    if (levelno.isNone()) {
        const Value &said = levelname.isNone() ? word : levelname;
        if (said.isText() && said.chars().size() <= maxWord) {
            const std::string upper = upperCase(said.chars());
            const auto number = levelOf(upper);
            if (number)
                levelno = Value::integer(*number);
            // WARN is Python's WARNING, and FATAL its CRITICAL; TRACE is nobody's but the sender's.
            const std::string name = number && !levelName(*number).starts_with("Level ") ? levelName(*number) : upper;
            levelname = Value::text(arena.copy(name));
        } else if (said.isNumber()) {
            levelno = said;
            levelname = {};
        }
        if (!levelno.isNone())
            m_fields.push_back({Value::text("levelno"), levelno});
        if (!levelname.isNone())
            m_fields.push_back({Value::text("levelname"), levelname});
    }
    if (created.isNone()) {
        if (const auto seconds = secondsOf(time, received))
            m_fields.push_back({Value::text("created"), Value::real(*seconds)});
    }

    const std::size_t made = m_fields.size();
    for (const Field &field : dict.entries()) {
        const auto isMade = [&](std::string_view key) {
            return std::any_of(m_fields.begin(), m_fields.begin() + static_cast<std::ptrdiff_t>(made),
                               [&](const Field &one) { return one.key.chars() == key; });
        };
        const std::string_view key = field.key.chars();
        // The message is merged already.
        const bool isMerged = key == "message" || (key == "args" && !message.isNone());
        const bool isNothing = (key == "levelname" || key == "created") && field.value.isNone();
        if (!isMerged && !isNothing && !isMade(key))
            m_fields.push_back(field);
    }
    const std::span<Field> fields = arena.allocateArray<Field>(m_fields.size());
    std::ranges::copy(m_fields, fields.begin());
    return Value::dict(fields);
}

} // namespace sluice
