#include "capture/RecordCodec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace sluice::codec {

namespace {

constexpr std::array siteAttributes = {
    Attribute::Levelname, Attribute::Name,       Attribute::Levelno,     Attribute::Pathname,
    Attribute::Filename,  Attribute::Module,     Attribute::Lineno,      Attribute::FuncName,
    Attribute::Thread,    Attribute::ThreadName, Attribute::ProcessName, Attribute::Process,
    Attribute::TaskName,
};

/// The attributes that follow the message and exc_text, each with a bit that says whether it does.
constexpr std::array textAttributes = {
    Attribute::Msg,       Attribute::Args,  Attribute::ExcInfo,         Attribute::ExcText,
    Attribute::StackInfo, Attribute::Msecs, Attribute::RelativeCreated,
};
constexpr unsigned extraBit = 1u << textAttributes.size();

static_assert(siteAttributes.size() == siteValues && textAttributes.size() == textValues);

void appendVarint(std::uint64_t value, std::string &out)
{
    while (value >= 0x80) {
        out += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}

std::uint64_t readVarint(const char *&at)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(*at++);
        value |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80)
            break;
    }
    return value;
}

std::uint64_t zigzag(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

void appendChars(std::string_view chars, std::string &out)
{
    appendVarint(chars.size(), out);
    out += chars;
}

std::string_view readChars(const char *&at)
{
    const std::size_t size = readVarint(at);
    const std::string_view chars(at, size);
    at += size;
    return chars;
}

bool isWhole(double value)
{
    return value == std::floor(value) && std::abs(value) < 9e15 && !(value == 0 && std::signbit(value));
}

void appendValue(const Value &value, std::string &out, int depth = 0)
{
    const Value::Kind kind = value.kind();
    if (depth >= maxValueDepth) {
        out += static_cast<char>(Value::Kind::Inert);
        appendChars("<nested too deeply>", out);
        return;
    }
    if (kind == Value::Kind::Float && isWhole(value.asReal())) {
        out += static_cast<char>(wholeFloatTag);
        appendVarint(zigzag(static_cast<std::int64_t>(value.asReal())), out);
        return;
    }
    out += static_cast<char>(kind);
    switch (kind) {
    case Value::Kind::None:
        break;
    case Value::Kind::Bool:
        out += static_cast<char>(value.asBool());
        break;
    case Value::Kind::Int:
        appendVarint(zigzag(value.asInt()), out);
        break;
    case Value::Kind::Float: {
        const double real = value.asReal();
        out.append(reinterpret_cast<const char *>(&real), sizeof real);
        break;
    }
    case Value::Kind::BigInt:
    case Value::Kind::Text:
    case Value::Kind::Bytes:
    case Value::Kind::Inert:
        appendChars(value.chars(), out);
        break;
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Set:
    case Value::Kind::FrozenSet:
        appendVarint(value.items().size(), out);
        for (const Value &item : value.items())
            appendValue(item, out, depth + 1);
        break;
    case Value::Kind::Dict:
        appendVarint(value.entries().size(), out);
        for (const Field &field : value.entries()) {
            appendValue(field.key, out, depth + 1);
            appendValue(field.value, out, depth + 1);
        }
        break;
    }
}

Value readValue(const char *&at, Arena &arena)
{
    const auto tag = static_cast<std::uint8_t>(*at++);
    if (tag == wholeFloatTag)
        return Value::real(static_cast<double>(unzigzag(readVarint(at))));
    const auto kind = static_cast<Value::Kind>(tag);
    switch (kind) {
    case Value::Kind::None:
        return {};
    case Value::Kind::Bool:
        return Value::boolean(*at++ != 0);
    case Value::Kind::Int:
        return Value::integer(unzigzag(readVarint(at)));
    case Value::Kind::Float: {
        double real;
        std::memcpy(&real, at, sizeof real);
        at += sizeof real;
        return Value::real(real);
    }
    case Value::Kind::BigInt:
        return Value::bigInteger(arena.copy(readChars(at)));
    case Value::Kind::Text:
        return Value::text(arena.copy(readChars(at)));
    case Value::Kind::Bytes:
        return Value::bytes(arena.copy(readChars(at)));
    case Value::Kind::Inert:
        return Value::inert(arena.copy(readChars(at)));
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Set:
    case Value::Kind::FrozenSet: {
        const std::span<Value> items = arena.allocateArray<Value>(readVarint(at));
        for (Value &item : items)
            item = readValue(at, arena);
        return Value::sequence(kind, items);
    }
    case Value::Kind::Dict: {
        const std::span<Field> entries = arena.allocateArray<Field>(readVarint(at));
        for (Field &field : entries) {
            field.key = readValue(at, arena);
            field.value = readValue(at, arena);
        }
        return Value::dict(entries);
    }
    }
    return {};
}

/// The characters of a text value, or nothing; moves behind it. Other kinds end the reading.
std::string_view readText(const char *&at)
{
    if (static_cast<Value::Kind>(*at) != Value::Kind::Text)
        return {};
    ++at;
    return readChars(at);
}

} // namespace

void appendSite(const LogRecord &record, std::uint32_t source, std::string &out)
{
    out.append(reinterpret_cast<const char *>(&source), sizeof source);
    for (const Attribute attribute : siteAttributes)
        appendValue(record[attribute], out);
}

void appendText(const LogRecord &record, std::string_view message, std::string &out)
{
    appendChars(message, out);
    const Value exception = record[Attribute::ExcText];
    appendChars(exception.isText() ? exception.chars() : std::string_view(), out);

    unsigned present = record.extra.empty() ? 0 : extraBit;
    for (std::size_t i = 0; i < textAttributes.size(); ++i) {
        const Value value = record[textAttributes[i]];
        bool said = value.isNone();
        if (textAttributes[i] == Attribute::Msg)
            said = value.isText() && value.chars() == message;
        else if (textAttributes[i] == Attribute::ExcText)
            said = said || (value.isText() && !value.chars().empty());
        if (!said)
            present |= 1u << i;
    }
    out += static_cast<char>(present);
    for (std::size_t i = 0; i < textAttributes.size(); ++i) {
        if (present & (1u << i))
            appendValue(record[textAttributes[i]], out);
    }
    if (present & extraBit)
        appendValue(Value::dict(record.extra), out);
}

std::uint32_t siteSource(const char *site)
{
    std::uint32_t source;
    std::memcpy(&source, site, sizeof source);
    return source;
}

void setSiteSource(char *site, std::uint32_t source) { std::memcpy(site, &source, sizeof source); }

std::string_view siteLevelname(const char *site)
{
    site += sizeof(std::uint32_t);
    return readText(site);
}

std::string_view siteName(const char *site)
{
    Arena scratch(256);
    site += sizeof(std::uint32_t);
    readValue(site, scratch);
    return readText(site);
}

std::string_view textMessage(const char *text) { return readChars(text); }

std::string_view textException(const char *text)
{
    readChars(text);
    return readChars(text);
}

void decodeSite(const char *site, LogRecord &record, Arena &arena)
{
    site += sizeof(std::uint32_t);
    for (const Attribute attribute : siteAttributes)
        record.set(attribute, readValue(site, arena));
}

bool isInSite(Attribute attribute)
{
    return std::ranges::find(siteAttributes, attribute) != siteAttributes.end();
}

void decodeText(const char *text, LogRecord &record, Arena &arena)
{
    const std::string_view message = readChars(text);
    const std::string_view exception = readChars(text);
    record.set(Attribute::ExcText, exception.empty() ? Value() : Value::text(arena.copy(exception)));
    const auto present = static_cast<std::uint8_t>(*text++);
    for (std::size_t i = 0; i < textAttributes.size(); ++i) {
        if (present & (1u << i))
            record.set(textAttributes[i], readValue(text, arena));
        else if (textAttributes[i] == Attribute::Msg)
            record.set(Attribute::Msg, Value::text(arena.copy(message)));
        else if (textAttributes[i] != Attribute::ExcText)
            record.set(textAttributes[i], Value());
    }
    record.extra = present & extraBit ? readValue(text, arena).entries() : std::span<const Field>();
}

void decode(const char *site, const char *text, LogRecord &record, Arena &arena)
{
    decodeSite(site, record, arena);
    decodeText(text, record, arena);
}

} // namespace sluice::codec
