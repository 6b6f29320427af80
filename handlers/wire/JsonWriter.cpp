#include "wire/JsonWriter.h"

#include "base/Utf8.h"
#include "wire/NumberText.h"
#include "wire/ShortRepr.h"

#include <cmath>

namespace sluice {

namespace {

constexpr char hex[] = "0123456789abcdef";

/// Bytes longer than this end in "…": they were never JSON to begin with.
constexpr std::size_t maxRepr = 1024 * 1024;

void appendUnicodeEscape(char32_t unit, std::string &out)
{
    out += {'\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
}

void appendString(std::string_view text, std::string &out)
{
    out += '"';
    std::size_t copied = 0;
    const auto copyTo = [&](std::size_t at) { out += text.substr(copied, at - copied); };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        const char *escape = nullptr;
        switch (c) {
        case '"':
            escape = "\\\"";
            break;
        case '\\':
            escape = "\\\\";
            break;
        case '\n':
            escape = "\\n";
            break;
        case '\r':
            escape = "\\r";
            break;
        case '\t':
            escape = "\\t";
            break;
        case '\f':
            escape = "\\f";
            break;
        case '\b':
            escape = "\\b";
            break;
        default:
            if (c < 0x20) {
                copyTo(at);
                appendUnicodeEscape(c, out);
                copied = at + 1;
            } else if (c == 0xED && at + 2 < text.size() &&
                       static_cast<unsigned char>(text[at + 1]) >= 0xA0) {
                copyTo(at);
                std::size_t behind = at;
                appendUnicodeEscape(utf8::next(text, behind), out);
                copied = behind;
                at = behind - 1;
            }
            continue;
        }
        copyTo(at);
        out += escape;
        copied = at + 1;
    }
    copyTo(text.size());
    out += '"';
}

void appendFloat(double number, std::string &out)
{
    if (std::isnan(number))
        out += "NaN";
    else if (std::isinf(number))
        out += number < 0 ? "-Infinity" : "Infinity";
    else
        appendFloatRepr(number, out);
}

std::string reprOf(const Value &value)
{
    ShortRepr repr(maxRepr);
    repr.append(value);
    return repr.text();
}

void appendKey(const Value &key, std::string &out)
{
    std::string text;
    switch (key.kind()) {
    case Value::Kind::Text:
    case Value::Kind::Inert:
        appendString(key.chars(), out);
        return;
    case Value::Kind::None:
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::BigInt:
    case Value::Kind::Float:
        appendJson(key, text);
        break;
    default:
        text = reprOf(key);
    }
    appendString(text, out);
}

void appendEntry(const Value &key, const Value &value, bool &first, std::string &out)
{
    if (!first)
        out += ", ";
    first = false;
    appendKey(key, out);
    out += ": ";
    appendJson(value, out);
}

} // namespace

void appendJson(const Value &value, std::string &out)
{
    switch (value.kind()) {
    case Value::Kind::None:
        out += "null";
        break;
    case Value::Kind::Bool:
        out += value.asBool() ? "true" : "false";
        break;
    case Value::Kind::Int:
        out += std::to_string(value.asInt());
        break;
    case Value::Kind::BigInt:
        out += value.chars();
        break;
    case Value::Kind::Float:
        appendFloat(value.asReal(), out);
        break;
    case Value::Kind::Text:
    case Value::Kind::Inert:
        appendString(value.chars(), out);
        break;
    case Value::Kind::Bytes:
        appendString(reprOf(value), out);
        break;
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Set:
    case Value::Kind::FrozenSet: {
        out += '[';
        bool first = true;
        for (const Value &item : value.items()) {
            if (!first)
                out += ", ";
            first = false;
            appendJson(item, out);
        }
        out += ']';
        break;
    }
    case Value::Kind::Dict: {
        out += '{';
        bool first = true;
        for (const Field &field : value.entries())
            appendEntry(field.key, field.value, first, out);
        out += '}';
        break;
    }
    }
}

void appendJson(const LogRecord &record, std::string &out)
{
    out += '{';
    bool first = true;
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        const Value value = record[attribute];
        if (attribute == Attribute::TaskName && value.isNone())
            continue;
        appendEntry(Value::text(attributeName(attribute)), value, first, out);
    }
    for (const Field &field : record.extra)
        appendEntry(field.key, field.value, first, out);
    out += '}';
}

} // namespace sluice
