#include "format/FormatSpec.h"

#include "base/Utf8.h"
#include "format/PythonFloat.h"
#include "format/PythonInt.h"
#include "format/PythonText.h"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace sluice::python {

namespace {

constexpr std::int64_t widest = 16 * 1024 * 1024;

struct Spec
{
    std::string fill = " "; // one character, UTF-8
    char align = '<';
    char sign = 0;
    bool alternate = false;
    bool noNegativeZero = false;
    char separator = 0; // ',' or '_'
    int group = 3;
    std::int64_t width = -1;
    std::int64_t precision = -1;
    char32_t type = 0;
};

bool isAlign(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// 'x' where it can be shown, '\x..' where it cannot.
std::string shown(char32_t c)
{
    if (c > 32 && c < 128)
        return std::string(1, static_cast<char>(c));
    char text[16];
    std::snprintf(text, sizeof text, "\\x%x", static_cast<unsigned>(c));
    return text;
}

class SpecParser
{
public:
    SpecParser(std::string_view text, const Value &value) : m_text(text), m_value(value) {}

    Result<Spec> parse(char32_t defaultType, char defaultAlign)
    {
        m_spec.type = defaultType;
        m_spec.align = defaultAlign;
        const bool aligned = readAlignment();
        if (peek() == '+' || peek() == '-' || peek() == ' ')
            m_spec.sign = take();
        m_spec.noNegativeZero = takeIf('z');
        m_spec.alternate = takeIf('#');
        if (!m_fillGiven && takeIf('0')) {
            m_spec.fill = "0";
            if (!aligned && defaultAlign == '>')
                m_spec.align = '=';
        }
        if (Status status = readNumber(m_spec.width); !status)
            return status.error();
        if (Status status = readSeparator(); !status)
            return status.error();
        if (takeIf('.')) {
            if (Status status = readNumber(m_spec.precision); !status)
                return status.error();
            if (m_spec.precision < 0)
                return Error{"Format specifier missing precision"};
        }
        if (Status status = readType(); !status)
            return status.error();
        return m_spec;
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    char take() { return m_text[m_at++]; }
    bool takeIf(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool readAlignment()
    {
        if (m_text.empty())
            return false;
        std::size_t next = 0;
        utf8::next(m_text, next);
        if (next < m_text.size() && isAlign(m_text[next])) {
            m_spec.fill = m_text.substr(0, next);
            m_spec.align = m_text[next];
            m_fillGiven = true;
            m_at = next + 1;
            return true;
        }
        if (isAlign(m_text[0])) {
            m_spec.align = take();
            return true;
        }
        return false;
    }

    Status readNumber(std::int64_t &number)
    {
        constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max();
        bool any = false;
        std::int64_t value = 0;
        for (; peek() >= '0' && peek() <= '9'; ++m_at, any = true) {
            const int digit = peek() - '0';
            if (value > (limit - digit) / 10)
                return Error{"Too many decimal digits in format string"};
            value = value * 10 + digit;
        }
        if (any)
            number = value;
        return {};
    }

    Status readSeparator()
    {
        if (takeIf(','))
            m_spec.separator = ',';
        if (peek() == '_') {
            if (m_spec.separator)
                return Error{"Cannot specify both ',' and '_'."};
            m_spec.separator = take();
        }
        if (peek() == ',' && m_spec.separator == '_')
            return Error{"Cannot specify both ',' and '_'."};
        return {};
    }

    Status readType()
    {
        if (m_at < m_text.size()) {
            m_spec.type = utf8::next(m_text, m_at);
            if (m_at < m_text.size())
                return Error{"Invalid format specifier '" + std::string(m_text) + "' for object of type '" +
                             std::string(typeName(m_value)) + "'"};
        }
        if (!m_spec.separator)
            return {};
        switch (m_spec.type) {
        case 'd':
        case 'e':
        case 'f':
        case 'g':
        case 'E':
        case 'G':
        case '%':
        case 'F':
        case 0:
            return {};
        case 'b':
        case 'o':
        case 'x':
        case 'X':
            if (m_spec.separator == '_') {
                m_spec.group = 4;
                return {};
            }
            break;
        default:
            break;
        }
        return Error{std::string("Cannot specify '") + m_spec.separator + "' with '" + shown(m_spec.type) +
                     "'."};
    }

    std::string_view m_text;
    const Value &m_value;
    Spec m_spec;
    std::size_t m_at = 0;
    bool m_fillGiven = false;
};

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
        const auto spec = SpecParser(specText, value).parse('s', '<');
        if (!spec)
            return spec.error();
        return spec->type == 's' ? appendText(out, value.chars(), *spec) : unknownType(spec->type, value);
    }
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::BigInt: {
        const auto spec = SpecParser(specText, value).parse('d', '>');
        if (!spec)
            return spec.error();
        if (isOneOf(spec->type, "bcdoxXn"))
            return appendInteger(out, value, *spec);
        return isOneOf(spec->type, "eEfFgG%") ? appendReal(out, value, *spec)
                                              : unknownType(spec->type, value);
    }
    case Value::Kind::Float: {
        const auto spec = SpecParser(specText, value).parse(0, '>');
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
