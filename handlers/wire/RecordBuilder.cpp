#include "wire/RecordBuilder.h"

#include "base/TimeSpan.h"
#include "base/Utf8.h"
#include "record/Level.h"
#include "wire/ShortRepr.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace sluice {

namespace {

const char *kindInWords(Value::Kind kind)
{
    switch (kind) {
    case Value::Kind::None:
        return "None";
    case Value::Kind::Bool:
        return "a boolean";
    case Value::Kind::Int:
    case Value::Kind::BigInt:
        return "an integer";
    case Value::Kind::Float:
        return "a float";
    case Value::Kind::Text:
        return "a text";
    case Value::Kind::Bytes:
        return "bytes";
    case Value::Kind::List:
        return "a list";
    case Value::Kind::Tuple:
        return "a tuple";
    case Value::Kind::Set:
    case Value::Kind::FrozenSet:
        return "a set";
    case Value::Kind::Dict:
        return "a dictionary";
    case Value::Kind::Inert:
        return "an object";
    }
    return "a value";
}

std::string_view textKey(const Value &key, Arena &arena)
{
    if (key.isText() || (key.kind() == Value::Kind::Bytes && utf8::isValid(key.chars())))
        return key.chars();
    ShortRepr repr(200);
    repr.append(key);
    return arena.copy(repr.text());
}

/// The level that a value of any kind may mean: 20, "20", "INFO", "info".
std::optional<int> levelOf(const Value &value)
{
    if (value.isNumber())
        return static_cast<int>(std::clamp<std::int64_t>(value.asInt(), std::numeric_limits<int>::min(),
                                                         std::numeric_limits<int>::max()));
    if (!value.isText())
        return std::nullopt;
    const std::string_view text = value.chars();
    if (const auto known = levelNumber(text))
        return known;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size())
        return number;
    if (text.size() > 32)
        return std::nullopt;
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return levelNumber(upper);
}

const Value *extraField(const LogRecord &record, std::string_view key)
{
    const auto found =
        std::ranges::find_if(record.extra, [&](const Field &f) { return f.key.chars() == key; });
    return found == record.extra.end() ? nullptr : &found->value;
}

int missingLevel(const LogRecord &record, bool hasName)
{
    if (hasName) {
        if (const auto known = levelOf(record.attributes[static_cast<std::size_t>(Attribute::Levelname)]))
            return *known;
    }
    if (const Value *field = extraField(record, "level")) {
        if (const auto known = levelOf(*field))
            return *known;
    }
    return level::Info;
}

/// When this process began to log, which is what CPython's relativeCreated counts from.
Nanoseconds startTime()
{
    static const Nanoseconds start = wallClock();
    return start;
}

} // namespace

Status RecordBuilder::build(Value dict, LogRecord &record, Arena &arena, Nanoseconds received)
{
    if (!dict.isDict())
        return Error{std::string("It is ") + kindInWords(dict.kind()) + ", not a LogRecord's dictionary."};
    m_extra.clear();
    std::uint32_t given = 0;
    for (const Field &field : dict.entries()) {
        const std::string_view key = textKey(field.key, arena);
        if (const auto attribute = attributeFromName(key)) {
            record.set(*attribute, field.value);
            given |= attributeBit(*attribute);
        } else {
            m_extra.push_back({Value::text(key), field.value});
        }
    }
    const std::span<Field> extra = arena.allocateArray<Field>(m_extra.size());
    std::ranges::copy(m_extra, extra.begin());
    record.extra = extra;
    complete(record, given, arena, received);
    return {};
}

void RecordBuilder::addMissing(LogRecord &record, std::uint32_t given, Arena &arena, Nanoseconds received)
{
    const auto has = [&](Attribute attribute) { return (given & attributeBit(attribute)) != 0; };
    const auto value = [&](Attribute attribute) {
        return record.attributes[static_cast<std::size_t>(attribute)];
    };

    const bool namesLevel = has(Attribute::Levelname) && !value(Attribute::Levelname).isNone();
    if (!has(Attribute::Levelno) || value(Attribute::Levelno).isNone())
        record.set(Attribute::Levelno, Value::integer(missingLevel(record, namesLevel)));
    else if (const auto number = levelOf(value(Attribute::Levelno)))
        record.levelno = *number; // "20" stays a text, and still is a level
    if (!has(Attribute::Levelname))
        record.set(Attribute::Levelname, Value::text(arena.copy(levelName(record.levelno))));

    if (!has(Attribute::Name))
        record.set(Attribute::Name, Value::text("root"));
    if (!has(Attribute::Msg)) {
        if (const Value *message = extraField(record, "message"))
            record.set(Attribute::Msg, *message);
    }

    const double seconds = value(Attribute::Created).asReal(std::numeric_limits<double>::quiet_NaN());
    if (!has(Attribute::Created) || !std::isfinite(seconds))
        record.created = received;
    const double created = toSeconds(record.created);
    if (!has(Attribute::Msecs))
        record.set(Attribute::Msecs, Value::real(std::trunc((created - std::trunc(created)) * 1000)));
    if (!has(Attribute::RelativeCreated))
        record.set(Attribute::RelativeCreated,
                   Value::real(static_cast<double>(timeSpan(startTime(), record.created)) * 1e-6));
}

} // namespace sluice
