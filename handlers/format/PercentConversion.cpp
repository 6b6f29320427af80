#include "format/PercentConversion.h"

#include "base/Utf8.h"
#include "format/PythonFloat.h"
#include "format/PythonInt.h"
#include "format/PythonText.h"

#include <algorithm>

namespace sluice::python {

namespace {

constexpr std::int64_t widest = 16 * 1024 * 1024;

/// CPython's unicode_format_arg_output: sign, prefix, padding. `text` is ASCII where `number`.
void appendPadded(std::string &out, const PercentItem &item, std::int64_t width, std::string_view text,
                  bool number, bool zeroFill)
{
    std::int64_t length = static_cast<std::int64_t>(number ? text.size() : utf8::length(text));
    const bool prefixed = item.alternate && (item.type == 'x' || item.type == 'X' || item.type == 'o');
    char sign = 0;
    if (number) {
        if (text.starts_with('-') || text.starts_with('+')) {
            sign = text[0];
            text.remove_prefix(1);
            --length;
        } else if (item.sign) {
            sign = '+';
        } else if (item.blank) {
            sign = ' ';
        }
    }
    const std::int64_t padding = std::max<std::int64_t>(0, width - length - (sign != 0));
    const char fill = zeroFill ? '0' : ' ';
    const auto pad = static_cast<std::size_t>(padding);
    if (fill == ' ' && !item.left)
        out.append(pad, ' ');
    if (sign)
        out += sign;
    if (prefixed && number) {
        out += text.substr(0, 2);
        text.remove_prefix(2);
    }
    if (fill == '0' && !item.left)
        out.append(pad, '0');
    out += text;
    if (item.left)
        out.append(pad, ' ');
}

std::string_view firstCharacters(std::string_view text, std::int64_t count)
{
    std::size_t at = 0;
    while (count-- > 0 && at < text.size())
        utf8::next(text, at);
    return text.substr(0, at);
}

Status appendText(std::string &out, const PercentItem &item, std::int64_t width, std::int64_t precision,
                  const Value &value)
{
    const auto convert = [&](std::string &to) {
        if (item.type == 's')
            appendStr(to, value);
        else if (item.type == 'r')
            appendRepr(to, value);
        else
            appendAscii(to, value);
    };
    if (width <= 0 && precision < 0) {
        convert(out);
        return {};
    }
    std::string converted;
    std::string_view text;
    if (item.type == 's' && value.isText()) {
        text = value.chars();
    } else {
        convert(converted);
        text = converted;
    }
    if (precision >= 0)
        text = firstCharacters(text, precision);
    appendPadded(out, item, width, text, false, false);
    return {};
}

Result<IntText> integerFor(const PercentItem &item, const Value &value, int base)
{
    switch (value.kind()) {
    case Value::Kind::Int:
    case Value::Kind::Bool:
    case Value::Kind::BigInt:
        return intText(value, base);
    case Value::Kind::Float:
        if (base == 10)
            return intTextFromFloat(value.asReal());
        break;
    default:
        break;
    }
    return Error{std::string("%") + item.type + " format: " +
                 (base == 10 ? "a real number is required, not " : "an integer is required, not ") +
                 std::string(typeName(value))};
}

Status appendInteger(std::string &out, const PercentItem &item, std::int64_t width, std::int64_t precision,
                     const Value &value)
{
    const int base = item.type == 'o' ? 8 : item.type == 'x' || item.type == 'X' ? 16 : 10;
    auto number = integerFor(item, value, base);
    if (!number)
        return number.error();
    std::string text;
    if (number->negative)
        text += '-';
    if (item.alternate && base != 10)
        text += base == 8 ? "0o" : "0x";
    if (precision > static_cast<std::int64_t>(number->digits.size()))
        text.append(static_cast<std::size_t>(precision) - number->digits.size(), '0');
    text += number->digits;
    if (item.type == 'X')
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    appendPadded(out, item, width, text, true, item.zero);
    return {};
}

Status appendReal(std::string &out, const PercentItem &item, std::int64_t width, std::int64_t precision,
                  const Value &value)
{
    const auto number = floatFromValue(value);
    if (!number)
        return number.error();
    std::string text;
    appendFloat(text, *number, item.type, precision < 0 ? 6 : static_cast<int>(precision),
                {.alternate = item.alternate});
    appendPadded(out, item, width, text, true, item.zero);
    return {};
}

Status appendCharacter(std::string &out, const PercentItem &item, std::int64_t width, const Value &value)
{
    std::string character;
    switch (value.kind()) {
    case Value::Kind::Text:
        if (utf8::length(value.chars()) != 1)
            return Error{"%c requires int or char"};
        character = value.chars();
        break;
    case Value::Kind::Int:
    case Value::Kind::Bool:
        if (value.asInt() < 0 || value.asInt() > 0x10FFFF)
            return Error{"%c arg not in range(0x110000)"};
        utf8::append(character, static_cast<char32_t>(value.asInt()));
        break;
    case Value::Kind::BigInt:
        return Error{"%c arg not in range(0x110000)"};
    default:
        return Error{"%c requires int or char"};
    }
    appendPadded(out, item, width, character, false, false);
    return {};
}

} // namespace

Status appendConverted(std::string &out, const PercentItem &item, std::int64_t width, std::int64_t precision,
                       bool left, const Value &value)
{
    if (width > widest)
        return Error{"width too big"};
    PercentItem placed;
    const PercentItem *used = &item;
    if (left != item.left) {
        placed = item;
        placed.left = left;
        used = &placed;
    }
    switch (item.type) {
    case 's':
    case 'r':
    case 'a':
        return appendText(out, *used, width, precision, value);
    case 'c':
        return appendCharacter(out, *used, width, value);
    default:
        break;
    }
    if (precision > widest)
        return Error{"precision too big"};
    if (std::string_view("eEfFgG").find(item.type) != std::string_view::npos)
        return appendReal(out, *used, width, precision, value);
    return appendInteger(out, *used, width, precision, value);
}

} // namespace sluice::python
