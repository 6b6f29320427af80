#include "format/PercentFormat.h"

#include "base/Utf8.h"
#include "format/PythonFloat.h"
#include "format/PythonInt.h"
#include "format/PythonText.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace sluice::python {

namespace {

constexpr std::int64_t widest = 16 * 1024 * 1024;

/// Reads one conversion; the parser of CPython's unicode_format_arg_parse, step by step.
class ItemParser
{
public:
    ItemParser(std::string_view format, std::size_t &at, PercentItem &item)
        : m_format(format), m_at(at), m_item(item)
    {
    }

    void parse()
    {
        if (m_at < m_format.size() && m_format[m_at] == '(' && !readKey())
            return;
        readFlags();
        if (!readNumber(m_item.width, m_item.widthFromArguments, std::numeric_limits<std::int64_t>::max(),
                        "width too big"))
            return;
        if (peek() == '.') {
            ++m_at;
            m_item.precision = 0;
            if (!readNumber(m_item.precision, m_item.precisionFromArguments, std::numeric_limits<int>::max(),
                            "precision too big"))
                return;
        }
        if (peek() == 'h' || peek() == 'l' || peek() == 'L')
            ++m_at;
        readType();
    }

private:
    char peek() const { return m_at < m_format.size() ? m_format[m_at] : '\0'; }

    bool fail(std::string error)
    {
        m_item.error = std::move(error);
        return false;
    }

    bool readKey()
    {
        const std::size_t start = ++m_at;
        int open = 1;
        for (; m_at < m_format.size(); ++m_at) {
            if (m_format[m_at] == '(')
                ++open;
            else if (m_format[m_at] == ')' && --open == 0)
                break;
        }
        m_item.hasKey = open == 0;
        m_item.openKey = open != 0;
        if (m_item.openKey)
            return fail("incomplete format key");
        m_item.key = m_format.substr(start, m_at - start);
        ++m_at;
        return true;
    }

    void readFlags()
    {
        for (; m_at < m_format.size(); ++m_at) {
            switch (m_format[m_at]) {
            case '-':
                m_item.left = true;
                break;
            case '+':
                m_item.sign = true;
                break;
            case ' ':
                m_item.blank = true;
                break;
            case '#':
                m_item.alternate = true;
                break;
            case '0':
                m_item.zero = true;
                break;
            default:
                return;
            }
        }
    }

    bool readNumber(std::int64_t &number, bool &fromArguments, std::int64_t limit, const char *tooBig)
    {
        if (peek() == '*') {
            ++m_at;
            fromArguments = true;
            return true;
        }
        bool first = true;
        for (; m_at < m_format.size() && m_format[m_at] >= '0' && m_format[m_at] <= '9'; ++m_at) {
            const int digit = m_format[m_at] - '0';
            const std::int64_t before = first ? 0 : number;
            first = false;
            if (before > (limit - digit) / 10)
                return fail(tooBig);
            number = before * 10 + digit;
        }
        return true;
    }

    void readType()
    {
        if (m_at >= m_format.size()) {
            m_item.error = "incomplete format";
            return;
        }
        const std::size_t from = m_at;
        const char32_t c = utf8::next(m_format, m_at);
        if (c < 0x80 &&
            std::string_view("sradiuoxXeEfFgGc").find(static_cast<char>(c)) != std::string_view::npos) {
            m_item.type = static_cast<char>(c);
            return;
        }
        char code[16];
        std::snprintf(code, sizeof code, "0x%x", static_cast<unsigned>(c));
        m_item.error = "unsupported format character '" +
                       std::string(1, c > 31 && c < 128 ? static_cast<char>(c) : '?') + "' (" + code +
                       ") at index " + std::to_string(utf8::length(m_format.substr(0, from)));
        m_item.errorTakesArgument = true;
    }

    std::string_view m_format;
    std::size_t &m_at;
    PercentItem &m_item;
};

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

Result<std::int64_t> starArgument(const Value &value, std::int64_t limit, const char *overflow)
{
    if (value.kind() == Value::Kind::BigInt)
        return Error{overflow};
    if (!value.isInt() && value.kind() != Value::Kind::Bool)
        return Error{"* wants int"};
    const std::int64_t number = value.asInt();
    if (number > limit || number < -limit)
        return Error{overflow};
    return number;
}

Status notEnough() { return Error{"not enough arguments for format string"}; }

/// The items of a tuple, or one value which may be a mapping: `msg % args`.
class ValueArguments
{
public:
    explicit ValueArguments(const Value &value)
        : m_value(value), m_isTuple(value.kind() == Value::Kind::Tuple),
          m_isMapping(value.isDict() || value.kind() == Value::Kind::List ||
                      value.kind() == Value::Kind::Bytes)
    {
    }

    Result<Value> key(std::string_view key)
    {
        if (!m_isMapping)
            return Error{"format requires a mapping"};
        if (m_value.kind() == Value::Kind::List)
            return Error{"list indices must be integers or slices, not str"};
        if (m_value.kind() == Value::Kind::Bytes)
            return Error{"byte indices must be integers or slices, not str"};
        for (const Field &entry : m_value.entries()) {
            if (entry.key.isText() && entry.key.chars() == key)
                return entry.value;
        }
        return Error{"KeyError: " + textRepr(key)};
    }

    std::optional<Value> next()
    {
        if (m_isTuple)
            return m_used < m_value.items().size() ? std::optional<Value>(m_value.items()[m_used++])
                                                   : std::nullopt;
        return m_used++ == 0 ? std::optional<Value>(m_value) : std::nullopt;
    }

    /// The value that next() would give, without taking it. Null: none.
    const Value *peek() const
    {
        if (m_isTuple)
            return m_used < m_value.items().size() ? &m_value.items()[m_used] : nullptr;
        return m_used == 0 ? &m_value : nullptr;
    }
    void take() { ++m_used; }

    bool isMapping() const { return m_isMapping; }
    bool allUsed() const { return m_isMapping || m_used >= (m_isTuple ? m_value.items().size() : 1); }

private:
    const Value &m_value;
    bool m_isTuple;
    bool m_isMapping;
    std::size_t m_used = 0;
};

/// Runs one item. `Arguments` gives a value by key, or the next one; after a key, the next one is the value
/// of the key.
template<typename Arguments>
Status appendItem(std::string &out, const PercentItem &item, Arguments &arguments,
                  std::optional<Value> &keyed)
{
    const auto next = [&]() -> std::optional<Value> {
        if (!item.hasKey)
            return arguments.next();
        return std::exchange(keyed, std::nullopt);
    };
    std::int64_t width = item.width;
    std::int64_t precision = item.precision;
    bool left = item.left;
    if (item.widthFromArguments) {
        const auto value = next();
        if (!value)
            return notEnough();
        const auto number = starArgument(*value, std::numeric_limits<std::int64_t>::max(),
                                         "Python int too large to convert to C ssize_t");
        if (!number)
            return number.error();
        left = left || *number < 0;
        width = std::abs(number.value());
    }
    if (item.precisionFromArguments) {
        const auto value = next();
        if (!value)
            return notEnough();
        const auto number =
            starArgument(*value, std::numeric_limits<int>::max(), "Python int too large to convert to C int");
        if (!number)
            return number.error();
        precision = std::max<std::int64_t>(0, number.value());
    }
    if (!item.error.empty() && !item.errorTakesArgument)
        return Error{item.error};
    const auto value = next();
    if (!value)
        return notEnough();
    if (!item.error.empty())
        return Error{item.error};
    return appendConverted(out, item, width, precision, left, *value);
}

/// What most messages are made of, "%s" and "%d" with nothing between, taken without reading a whole item.
/// Returns where the first thing of another kind begins, with the literal before it.
std::size_t appendPlainItems(std::string_view format, ValueArguments &arguments, std::string &out)
{
    std::size_t at = 0;
    while (at < format.size()) {
        const std::size_t percent = format.find('%', at);
        if (percent == std::string_view::npos) {
            out += format.substr(at);
            return format.size();
        }
        const char type = percent + 1 < format.size() ? format[percent + 1] : '\0';
        const Value *value = arguments.peek();
        const bool plain = value && (type == 's' || (type == 'd' && value->isInt()));
        if (!plain)
            return at;
        out += format.substr(at, percent - at);
        appendStr(out, *value);
        arguments.take();
        at = percent + 2;
    }
    return at;
}

/// A Formatter's format takes its values by key; without one, Python writes the whole dictionary, once.
class RecordArguments
{
public:
    RecordArguments(const RecordFields &fields, const FieldDefaults &defaults, bool used)
        : m_fields(fields), m_defaults(defaults), m_used(used)
    {
    }

    std::optional<Value> next()
    {
        if (std::exchange(m_used, true))
            return std::nullopt;
        return m_fields.whole(m_defaults, m_storage);
    }

private:
    const RecordFields &m_fields;
    const FieldDefaults &m_defaults;
    std::vector<Field> m_storage;
    bool m_used;
};

} // namespace

bool nextPercentItem(std::string_view format, std::size_t &at, PercentItem &item)
{
    if (at >= format.size())
        return false;
    item = PercentItem();
    const std::size_t start = at;
    at = std::min(format.find('%', at), format.size());
    if (at < format.size() && at + 1 < format.size() && format[at + 1] == '%') {
        item.literal = format.substr(start, at + 1 - start);
        at += 2;
        return true;
    }
    item.literal = format.substr(start, at - start);
    if (at == format.size())
        return true;
    ++at;
    item.hasConversion = true;
    ItemParser(format, at, item).parse();
    if (!item.error.empty())
        at = format.size();
    return true;
}

Status percentFormat(std::string_view format, const Value &value, std::string &out)
{
    ValueArguments arguments(value);
    std::size_t at = appendPlainItems(format, arguments, out);
    if (at == format.size() && arguments.allUsed())
        return {};
    PercentItem item;
    bool keysUsed = false;
    while (nextPercentItem(format, at, item)) {
        out += item.literal;
        if (!item.hasConversion)
            continue;
        std::optional<Value> keyed;
        if (item.hasKey) {
            auto found = arguments.key(item.key);
            if (!found)
                return found.error();
            keyed = *found;
            keysUsed = true;
        } else if (item.openKey && !arguments.isMapping()) {
            return Error{"format requires a mapping"};
        } else if (keysUsed) {
            // After a key the arguments are that key's value, and it is used up.
            if (!item.error.empty() && !item.errorTakesArgument && !item.widthFromArguments)
                return Error{item.error};
            return notEnough();
        }
        if (Status status = appendItem(out, item, arguments, keyed); !status)
            return status;
    }
    if (!arguments.allUsed())
        return Error{"not all arguments converted during string formatting"};
    return {};
}

PercentTemplate::PercentTemplate(std::string format, const FieldDefaults &defaults)
    : m_format(std::move(format)), m_defaults(defaults)
{
    PercentItem item;
    bool used = false;
    for (std::size_t at = 0; nextPercentItem(m_format, at, item);) {
        Piece &piece = m_pieces.emplace_back();
        piece.item = item;
        if (item.hasKey)
            piece.field = resolveField(item.key, defaults);
        piece.plainText = item.hasKey && item.type == 's' && item.isPlain();
        piece.argumentsUsed = used || item.hasKey;
        used = used || item.hasConversion;
    }
}

Status PercentTemplate::format(const RecordFields &fields, std::string &out) const
{
    for (const Piece &piece : m_pieces) {
        const PercentItem &item = piece.item;
        out += item.literal;
        if (!item.hasConversion)
            continue;
        std::optional<Value> keyed;
        if (item.hasKey) {
            if (piece.plainText && fields.appendText(piece.field, out))
                continue;
            keyed = fields.find(piece.field);
            if (!keyed)
                return Error{"Formatting field not found in record: " + textRepr(item.key)};
            if (piece.plainText) {
                appendStr(out, *keyed);
                continue;
            }
        }
        RecordArguments arguments(fields, m_defaults, piece.argumentsUsed);
        if (Status status = appendItem(out, item, arguments, keyed); !status)
            return status;
    }
    return {};
}

} // namespace sluice::python
