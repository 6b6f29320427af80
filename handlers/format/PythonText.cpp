#include "format/PythonText.h"

#include "base/Utf8.h"
#include "format/PythonFloat.h"
#include "format/UnicodeClass.h"

#include <charconv>
#include <cstdint>

namespace sluice::python {

namespace {

constexpr int deepest = 200;

void appendHex(std::string &out, std::string_view prefix, char32_t code, int digits)
{
    out += prefix;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[code >> shift & 0xF];
}

void appendEscape(std::string &out, char32_t c)
{
    if (c < 0x100)
        appendHex(out, "\\x", c, 2);
    else if (c < 0x10000)
        appendHex(out, "\\u", c, 4);
    else
        appendHex(out, "\\U", c, 8);
}

char quoteFor(std::string_view text)
{
    return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
}

/// What str and bytes escape alike; false if it is not among them.
bool appendCommonEscape(std::string &out, char32_t c, char quote)
{
    switch (c) {
    case '\t':
        out += "\\t";
        return true;
    case '\n':
        out += "\\n";
        return true;
    case '\r':
        out += "\\r";
        return true;
    case '\\':
        out += "\\\\";
        return true;
    default:
        break;
    }
    if (c == static_cast<char32_t>(quote)) {
        out += '\\';
        out += quote;
        return true;
    }
    if (c < 0x20 || c == 0x7F) {
        appendHex(out, "\\x", c, 2);
        return true;
    }
    return false;
}

void appendInt(std::string &out, std::int64_t number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr);
}

void appendRepr(std::string &out, const Value &value, bool asciiOnly, int depth);

void appendMembers(std::string &out, std::span<const Value> items, bool asciiOnly, int depth)
{
    const char *separator = "";
    for (const Value &item : items) {
        out += separator;
        appendRepr(out, item, asciiOnly, depth);
        separator = ", ";
    }
}

void appendEntries(std::string &out, std::span<const Field> entries, bool asciiOnly, int depth)
{
    const char *separator = "";
    for (const Field &entry : entries) {
        out += separator;
        appendRepr(out, entry.key, asciiOnly, depth);
        out += ": ";
        appendRepr(out, entry.value, asciiOnly, depth);
        separator = ", ";
    }
}

void appendContainer(std::string &out, const Value &value, bool asciiOnly, int depth)
{
    if (depth > deepest) {
        out += "...";
        return;
    }
    const auto members = [&] { appendMembers(out, value.items(), asciiOnly, depth + 1); };
    switch (value.kind()) {
    case Value::Kind::List:
        out += '[';
        members();
        out += ']';
        break;
    case Value::Kind::Tuple:
        out += '(';
        members();
        out += value.items().size() == 1 ? ",)" : ")";
        break;
    case Value::Kind::Set:
        if (value.items().empty()) {
            out += "set()";
            break;
        }
        out += '{';
        members();
        out += '}';
        break;
    case Value::Kind::FrozenSet:
        if (value.items().empty()) {
            out += "frozenset()";
            break;
        }
        out += "frozenset({";
        members();
        out += "})";
        break;
    default:
        out += '{';
        appendEntries(out, value.entries(), asciiOnly, depth + 1);
        out += '}';
        break;
    }
}

void appendRepr(std::string &out, const Value &value, bool asciiOnly, int depth)
{
    switch (value.kind()) {
    case Value::Kind::None:
        out += "None";
        break;
    case Value::Kind::Bool:
        out += value.asBool() ? "True" : "False";
        break;
    case Value::Kind::Int:
        appendInt(out, value.asInt());
        break;
    case Value::Kind::BigInt:
        out += value.chars();
        break;
    case Value::Kind::Float:
        appendFloatRepr(out, value.asReal());
        break;
    case Value::Kind::Text:
        appendTextRepr(out, value.chars(), asciiOnly);
        break;
    case Value::Kind::Bytes:
        appendBytesRepr(out, value.chars());
        break;
    case Value::Kind::Inert:
        if (asciiOnly && !utf8::isAscii(value.chars())) {
            for (std::size_t at = 0; at < value.chars().size();) {
                const char32_t c = utf8::next(value.chars(), at);
                if (c < 0x80)
                    out += static_cast<char>(c);
                else
                    appendEscape(out, c);
            }
        } else {
            out += value.chars();
        }
        break;
    default:
        appendContainer(out, value, asciiOnly, depth);
        break;
    }
}

} // namespace

void appendTextRepr(std::string &out, std::string_view text, bool asciiOnly)
{
    const char quote = quoteFor(text);
    out += quote;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = utf8::next(text, at);
        if (appendCommonEscape(out, c, quote))
            continue;
        if (c < 0x7F || (!asciiOnly && isPrintable(c)))
            out += text.substr(from, at - from);
        else
            appendEscape(out, c);
    }
    out += quote;
}

void appendBytesRepr(std::string &out, std::string_view bytes)
{
    const char quote = quoteFor(bytes);
    out += 'b';
    out += quote;
    for (const char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        if (appendCommonEscape(out, c, quote))
            continue;
        if (c < 0x7F)
            out += byte;
        else
            appendHex(out, "\\x", c, 2);
    }
    out += quote;
}

void appendStr(std::string &out, const Value &value)
{
    if (value.isText())
        out += value.chars();
    else
        appendRepr(out, value, false, 0);
}

void appendRepr(std::string &out, const Value &value) { appendRepr(out, value, false, 0); }

void appendAscii(std::string &out, const Value &value) { appendRepr(out, value, true, 0); }

std::string repr(const Value &value)
{
    std::string out;
    appendRepr(out, value);
    return out;
}

std::string textRepr(std::string_view text)
{
    std::string out;
    appendTextRepr(out, text);
    return out;
}

std::string_view typeName(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None:
        return "NoneType";
    case Value::Kind::Bool:
        return "bool";
    case Value::Kind::Int:
    case Value::Kind::BigInt:
        return "int";
    case Value::Kind::Float:
        return "float";
    case Value::Kind::Text:
        return "str";
    case Value::Kind::Bytes:
        return "bytes";
    case Value::Kind::List:
        return "list";
    case Value::Kind::Tuple:
        return "tuple";
    case Value::Kind::Set:
        return "set";
    case Value::Kind::FrozenSet:
        return "frozenset";
    case Value::Kind::Dict:
        return "dict";
    case Value::Kind::Inert:
        return "object";
    }
    return "object";
}

} // namespace sluice::python
