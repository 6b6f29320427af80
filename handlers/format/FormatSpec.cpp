#include "format/FormatSpec.h"

#include "base/Utf8.h"
#include "format/FormatSpecParser.h"
#include "format/PythonFloat.h"
#include "format/PythonInt.h"
#include "format/PythonText.h"

#include <algorithm>

namespace sluice::python {

namespace {

constexpr std::int64_t widest = 16 * 1024 * 1024;

void appendFill(std::string &out, const Spec &spec, std::int64_t count)
{
    for (; count > 0; --count)
        out += spec.fill;
}

/// Digits with zeros in front up to `least` characters, and separators between groups; CPython's
/// _PyUnicode_InsertThousandsGrouping.
std::string grouped(std::string_view digits, const Spec &spec, std::int64_t least)
{
    std::string reversed;
    auto remaining = static_cast<std::int64_t>(digits.size());
    const auto take = [&](std::int64_t length) {
        const std::int64_t zeros = std::max<std::int64_t>(0, length - remaining);
        const std::int64_t chars = std::max<std::int64_t>(0, std::min(remaining, length));
        for (std::int64_t i = 0; i < chars; ++i)
            reversed += digits[static_cast<std::size_t>(--remaining)];
        reversed.append(static_cast<std::size_t>(zeros), '0');
    };
    if (!spec.separator) {
        take(std::max<std::int64_t>({remaining, least, 1}));
    } else {
        bool separate = false;
        while (true) {
            const std::int64_t length =
                std::min<std::int64_t>(spec.group, std::max<std::int64_t>({remaining, least, 1}));
            if (separate)
                reversed += spec.separator;
            separate = true;
            take(length);
            least -= length;
            if (remaining <= 0 && least <= 0)
                break;
            least -= 1;
        }
    }
    return {reversed.rbegin(), reversed.rend()};
}

/// A number in its parts, as CPython's fill_number lays them out:
/// left padding, sign, prefix, inner padding, grouped digits, rest (point, fraction, exponent, "%"), right
/// padding.
struct Number
{
    bool negative = false;
    std::string prefix;
    std::string digits;
    std::string rest;
    std::int64_t restLength = 0; // in characters
};

Status appendNumber(std::string &out, const Spec &spec, const Number &number)
{
    if (spec.width > widest)
        return Error{"width too big"};
    char sign = 0;
    if (number.negative)
        sign = '-';
    else if (spec.sign == '+' || spec.sign == ' ')
        sign = spec.sign;
    const std::int64_t around =
        (sign != 0) + static_cast<std::int64_t>(number.prefix.size()) + number.restLength;
    const std::int64_t least = spec.fill == "0" && spec.align == '=' ? spec.width - around : 0;
    const std::string digits = number.digits.empty() ? std::string() : grouped(number.digits, spec, least);
    const std::int64_t padding =
        std::max<std::int64_t>(0, spec.width - around - static_cast<std::int64_t>(digits.size()));
    const std::int64_t before = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
    const std::int64_t inside = spec.align == '=' ? padding : 0;
    appendFill(out, spec, before);
    if (sign)
        out += sign;
    out += number.prefix;
    appendFill(out, spec, inside);
    out += digits;
    out += number.rest;
    appendFill(out, spec, padding - before - inside);
    return {};
}

Status appendText(std::string &out, std::string_view text, const Spec &spec)
{
    if (spec.sign)
        return Error{std::string(spec.sign == ' ' ? "Space" : "Sign") +
                     " not allowed in string format specifier"};
    if (spec.noNegativeZero)
        return Error{"Negative zero coercion (z) not allowed in string format specifier"};
    if (spec.alternate)
        return Error{"Alternate form (#) not allowed in string format specifier"};
    if (spec.align == '=')
        return Error{"'=' alignment not allowed in string format specifier"};
    if (spec.width > widest)
        return Error{"width too big"};
    std::int64_t length = static_cast<std::int64_t>(utf8::length(text));
    if (spec.precision >= 0 && length > spec.precision) {
        std::size_t at = 0;
        for (length = 0; length < spec.precision; ++length)
            utf8::next(text, at);
        text = text.substr(0, at);
    }
    const std::int64_t padding = std::max<std::int64_t>(0, spec.width - length);
    const std::int64_t before = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
    appendFill(out, spec, before);
    out += text;
    appendFill(out, spec, padding - before);
    return {};
}

Status appendReal(std::string &out, const Value &value, const Spec &spec)
{
    if (spec.precision > widest)
        return Error{"precision too big"};
    auto real = floatFromValue(value);
    if (!real)
        return real.error();
    char type = static_cast<char>(spec.type);
    FloatStyle style{.alternate = spec.alternate, .noNegativeZero = spec.noNegativeZero};
    int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
    double number = *real;
    if (type == 0) {
        style.addPointZero = true;
        type = spec.precision < 0 ? 'r' : 'g';
    } else if (type == 'n') {
        type = 'g';
    } else if (type == '%') {
        type = 'f';
        number *= 100;
    }
    std::string text;
    appendFloat(text, number, type, precision, style);
    Number parts;
    std::size_t at = text.starts_with('-');
    parts.negative = at == 1;
    const std::size_t digitsEnd = std::min(text.find_first_not_of("0123456789", at), text.size());
    parts.digits = text.substr(at, digitsEnd - at);
    parts.rest = text.substr(digitsEnd);
    if (spec.type == '%')
        parts.rest += '%';
    parts.restLength = static_cast<std::int64_t>(parts.rest.size());
    return appendNumber(out, spec, parts);
}

Status appendCharacter(std::string &out, const Value &value, const Spec &spec)
{
    if (spec.sign)
        return Error{"Sign not allowed with integer format specifier 'c'"};
    if (spec.alternate)
        return Error{"Alternate form (#) not allowed with integer format specifier 'c'"};
    if (value.kind() == Value::Kind::BigInt)
        return Error{"Python int too large to convert to C long"};
    const std::int64_t code = value.asInt();
    if (code < 0 || code > 0x10FFFF)
        return Error{"%c arg not in range(0x110000)"};
    Number parts;
    utf8::append(parts.rest, static_cast<char32_t>(code));
    parts.restLength = 1;
    return appendNumber(out, spec, parts);
}

Status appendInteger(std::string &out, const Value &value, const Spec &spec)
{
    if (spec.precision != -1)
        return Error{"Precision not allowed in integer format specifier"};
    if (spec.noNegativeZero)
        return Error{"Negative zero coercion (z) not allowed in integer format specifier"};
    if (spec.type == 'c')
        return appendCharacter(out, value, spec);
    const int base = spec.type == 'b'                       ? 2
                     : spec.type == 'o'                     ? 8
                     : spec.type == 'x' || spec.type == 'X' ? 16
                                                            : 10;
    IntText number = intText(value, base);
    Number parts;
    parts.negative = number.negative;
    parts.digits = std::move(number.digits);
    if (spec.alternate && base != 10)
        parts.prefix = std::string("0") + static_cast<char>(spec.type);
    if (spec.type == 'X') {
        for (char &c : parts.digits)
            c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    }
    return appendNumber(out, spec, parts);
}

Status unknownType(char32_t type, const Value &value)
{
    return Error{"Unknown format code '" + shown(type) + "' for object of type '" +
                 std::string(typeName(value)) + "'"};
}

bool isOneOf(char32_t type, std::string_view types)
{
    return type < 0x80 && types.find(static_cast<char>(type)) != std::string_view::npos;
}

} // namespace

Status appendFormatted(std::string &out, const Value &value, std::string_view specText)
{
    if (specText.empty()) {
        appendStr(out, value);
        return {};
    }
    switch (value.kind()) {
    case Value::Kind::Text: {
        const auto spec = parseSpec(specText, typeName(value), 's', '<');
        if (!spec)
            return spec.error();
        return spec->type == 's' ? appendText(out, value.chars(), *spec) : unknownType(spec->type, value);
    }
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::BigInt: {
        const auto spec = parseSpec(specText, typeName(value), 'd', '>');
        if (!spec)
            return spec.error();
        if (isOneOf(spec->type, "bcdoxXn"))
            return appendInteger(out, value, *spec);
        return isOneOf(spec->type, "eEfFgG%") ? appendReal(out, value, *spec)
                                              : unknownType(spec->type, value);
    }
    case Value::Kind::Float: {
        const auto spec = parseSpec(specText, typeName(value), 0, '>');
        if (!spec)
            return spec.error();
        return spec->type == 0 || isOneOf(spec->type, "eEfFgGn%") ? appendReal(out, value, *spec)
                                                                  : unknownType(spec->type, value);
    }
    default:
        return Error{"unsupported format string passed to " + std::string(typeName(value)) + ".__format__"};
    }
}

} // namespace sluice::python
