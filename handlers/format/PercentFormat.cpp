#include "format/PercentFormat.h"

#include "format/PercentConversion.h"
#include "format/PythonText.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

namespace sluice::python {

namespace {

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
