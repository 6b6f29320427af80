#include "filter/ValueComparison.h"

#include "filter/ExpressionText.h"
#include "format/PythonText.h"

#include <QByteArrayView>

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

using Op = ExpressionOperator;

/// Members that are looked at: what strangers send may share them a thousand times.
constexpr int maxMembers = 10'000;
constexpr int maxLookups = 256;

Op withoutDenial(Op op)
{
    if (op == Op::NotEqual)
        return Op::Equal;
    return op == Op::NotMatches ? Op::Matches : op;
}

bool isKey(const Value &key, std::string_view name)
{
    if (key.isText())
        return key.chars() == name;
    return key.isInt() && std::to_string(key.asInt()) == name;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && expression::isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && expression::isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

/// 350 ms are 0.35 s, whatever binary fractions make of them.
int orderOfMeasured(double a, double b)
{
    constexpr double tolerance = 1e-12;
    return std::abs(a - b) <= tolerance * std::abs(b) ? 0 : orderOf(a, b);
}

/// Longer texts are no numbers.
constexpr std::size_t maxNumberText = 64;

} // namespace

bool isOrder(int order, ExpressionOperator op)
{
    switch (op) {
    case Op::Equal:
        return order == 0;
    case Op::NotEqual:
        return order != 0;
    case Op::Less:
        return order < 0;
    case Op::LessOrEqual:
        return order <= 0;
    case Op::Greater:
        return order > 0;
    case Op::GreaterOrEqual:
        return order >= 0;
    default:
        return false;
    }
}

ValueComparison::ValueComparison(const ExpressionNode &node) : m_node(node), m_op(withoutDenial(node.op))
{
    const ExpressionField &field = node.field;
    std::string_view name;
    if (!field.keys.empty())
        name = field.keys.back();
    else if (field.kind == ExpressionField::Kind::Attribute)
        name = attributeName(field.attribute);
    m_durationUnit = unitOfFieldName(name, ExpressionNumber::Dimension::Duration);
    m_sizeUnit = unitOfFieldName(name, ExpressionNumber::Dimension::Size);
    for (const std::string &key : field.keys) {
        m_starts.push_back(m_path.size());
        m_path += key;
        m_path += '.';
    }
    m_starts.push_back(m_path.size());
}

std::optional<Value> ValueComparison::find(std::span<const Field> fields) const
{
    if (m_node.field.keys.empty())
        return Value::dict(fields);
    int budget = maxLookups;
    return findIn(fields, 0, budget);
}

std::optional<Value> ValueComparison::find(const Value &value) const
{
    if (m_node.field.keys.empty())
        return value;
    int budget = maxLookups;
    return findBehind(value, 0, budget);
}

std::optional<Value> ValueComparison::findIn(std::span<const Field> fields, std::size_t key, int &budget) const
{
    const std::size_t keys = m_node.field.keys.size();
    // Some senders have names with dots in them where others have dictionaries.
    for (std::size_t end = key + 1; end <= keys && budget > 0; ++end) {
        --budget;
        const std::string_view name = joined(key, end);
        const auto found = std::ranges::find_if(fields, [&](const Field &field) { return isKey(field.key, name); });
        if (found == fields.end())
            continue;
        if (end == keys)
            return found->value;
        if (const auto value = findBehind(found->value, end, budget))
            return value;
    }
    return std::nullopt;
}

std::optional<Value> ValueComparison::findBehind(const Value &value, std::size_t key, int &budget) const
{
    if (value.isDict())
        return findIn(value.entries(), key, budget);
    const std::string &index = m_node.field.keys[key];
    if (!value.isSequence() || !expression::isNumberKey(index))
        return std::nullopt;
    const std::size_t at = std::stoul(index);
    if (at >= value.items().size())
        return std::nullopt;
    const Value &item = value.items()[at];
    return key + 1 == m_node.field.keys.size() ? std::optional(item) : findBehind(item, key + 1, budget);
}

bool ValueComparison::holds(const Value &value)
{
    int budget = maxMembers;
    return holdsWithin(value, budget);
}

bool ValueComparison::holdsWithin(const Value &value, int &budget)
{
    if (--budget < 0)
        return false;
    if (value.isSequence())
        return std::ranges::any_of(value.items(), [&](const Value &item) { return holdsWithin(item, budget); });
    if (value.isDict())
        return std::ranges::any_of(value.entries(),
                                   [&](const Field &field) { return holdsWithin(field.value, budget); });
    return std::ranges::any_of(m_node.items, [&](const ExpressionItem &item) { return holdsForItem(value, item); });
}

bool ValueComparison::holdsFor(std::string_view text) const
{
    return std::ranges::any_of(m_node.items, [&](const ExpressionItem &item) { return holdsForText(text, item); });
}

bool ValueComparison::holdsForText(std::string_view text, const ExpressionItem &item) const
{
    switch (m_op) {
    case Op::Matches:
        return std::get<ExpressionPattern>(item.first).regex->isIn(text);
    case Op::Contains:
        return item.searcher->isIn(text);
    case Op::StartsWith:
        return item.searcher->isPrefixOf(text);
    case Op::EndsWith:
        return item.searcher->isSuffixOf(text);
    case Op::Exists:
        return !text.empty();
    default:
        break;
    }
    const auto *operand = std::get_if<std::string>(&item.first);
    if (!operand)
        return false;
    if (m_op != Op::In)
        return isOrder(orderOf(text, std::string_view(*operand)), m_op);
    if (!item.last)
        return text == *operand;
    const auto *last = std::get_if<std::string>(&*item.last);
    return last && text >= *operand && text <= *last;
}

std::optional<std::string_view> ValueComparison::textOf(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Text:
    case Value::Kind::Bytes:
    case Value::Kind::BigInt:
    case Value::Kind::Inert:
        return value.chars();
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::Float:
        m_scratch.clear();
        python::appendStr(m_scratch, value);
        return m_scratch;
    default:
        return std::nullopt;
    }
}

bool ValueComparison::holdsForItem(const Value &value, const ExpressionItem &item)
{
    switch (m_op) {
    case Op::Matches:
    case Op::Contains:
    case Op::StartsWith:
    case Op::EndsWith: {
        const auto text = textOf(value);
        return text && holdsForText(*text, item);
    }
    case Op::Equal:
        return isEqual(value, item.first);
    case Op::In: {
        if (!item.last)
            return isEqual(value, item.first);
        const auto first = order(value, item.first);
        const auto last = order(value, *item.last);
        return first && last && *first >= 0 && *last <= 0;
    }
    default: {
        const auto found = order(value, item.first);
        return found && isOrder(*found, m_op);
    }
    }
}

bool ValueComparison::isEqual(const Value &value, const ExpressionOperand &operand)
{
    const auto *text = std::get_if<std::string>(&operand);
    if (text && value.isNone()) {
        const std::string word = expression::lowered(*text);
        return word == "none" || word == "null";
    }
    if (text && value.kind() == Value::Kind::Bool)
        return expression::lowered(*text) == (value.asBool() ? "true" : "false");
    const auto found = order(value, operand);
    return found && *found == 0;
}

std::optional<int> ValueComparison::order(const Value &value, const ExpressionOperand &operand)
{
    if (const auto *number = std::get_if<ExpressionNumber>(&operand))
        return orderOfNumbers(value, *number);
    const auto *operandText = std::get_if<std::string>(&operand);
    if (!operandText || value.kind() == Value::Kind::Bool)
        return std::nullopt;
    const auto text = textOf(value);
    if (!text)
        return std::nullopt;
    return orderOf(*text, std::string_view(*operandText));
}

std::optional<int> ValueComparison::orderOfNumbers(const Value &value, const ExpressionNumber &number) const
{
    const auto dimension = number.dimension();
    const double unit = dimension == ExpressionNumber::Dimension::Duration ? m_durationUnit
                        : dimension == ExpressionNumber::Dimension::Size   ? m_sizeUnit
                                                                           : 1;
    const auto compared = [&](double real) -> std::optional<int> {
        if (real != real)
            return std::nullopt;
        return dimension == ExpressionNumber::Dimension::None ? orderOf(real, number.asReal())
                                                              : orderOfMeasured(real * unit, number.inUnits());
    };
    switch (value.kind()) {
    case Value::Kind::Int:
        if (number.isWhole() && dimension == ExpressionNumber::Dimension::None)
            return orderOf(value.asInt(), number.asInt());
        return compared(value.asReal());
    case Value::Kind::Float:
        return compared(value.asReal());
    case Value::Kind::BigInt: {
        const std::string_view digits = value.chars();
        bool isRight = false;
        const double real = QByteArrayView(digits.data(), static_cast<qsizetype>(digits.size())).toDouble(&isRight);
        return isRight ? compared(real) : orderOf(digits.starts_with('-') ? -1 : 1, 0);
    }
    case Value::Kind::Text: {
        const std::string_view text = trimmed(value.chars());
        const auto said = text.size() > maxNumberText ? std::nullopt : ExpressionNumber::parse(text);
        if (!said)
            return std::nullopt;
        if (said->dimension() == ExpressionNumber::Dimension::None) {
            if (said->isWhole() && number.isWhole() && dimension == ExpressionNumber::Dimension::None)
                return orderOf(said->asInt(), number.asInt());
            return compared(said->asReal());
        }
        if (said->dimension() != dimension)
            return std::nullopt;
        return orderOfMeasured(said->inUnits(), number.inUnits());
    }
    default:
        return std::nullopt;
    }
}

} // namespace sluice
