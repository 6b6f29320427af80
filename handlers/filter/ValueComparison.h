#pragma once

#include "filter/ExpressionNode.h"
#include "record/Value.h"

#include <optional>
#include <span>
#include <string>

namespace sluice {

/// A comparison of an expression, asked about values of attributes and extra fields. A container is like any of
/// its members. For one thread: its memory is used again.
class ValueComparison
{
public:
    /// `node` outlives it. NotEqual and NotMatches are asked as what they deny.
    explicit ValueComparison(const ExpressionNode &node);

    bool holds(const Value &value);
    /// The same for a field that is text anyway.
    bool holdsFor(std::string_view text) const;

    /// The value at the end of the field's keys, in extra fields or in an attribute's value.
    std::optional<Value> find(std::span<const Field> fields) const;
    std::optional<Value> find(const Value &value) const;

private:
    bool holdsWithin(const Value &value, int &budget);
    bool holdsForText(std::string_view text, const ExpressionItem &item) const;
    bool holdsForItem(const Value &value, const ExpressionItem &item);
    bool isEqual(const Value &value, const ExpressionOperand &operand);
    std::optional<int> order(const Value &value, const ExpressionOperand &operand);
    std::optional<int> orderOfNumbers(const Value &value, const ExpressionNumber &number) const;
    /// As Python's str() writes it; none for None and containers.
    std::optional<std::string_view> textOf(const Value &value);

    std::optional<Value> findIn(std::span<const Field> fields, std::size_t key, int &budget) const;
    std::optional<Value> findBehind(const Value &value, std::size_t key, int &budget) const;
    /// The keys from one up to another, with dots between.
    std::string_view joined(std::size_t from, std::size_t to) const
    {
        return std::string_view(m_path).substr(m_starts[from], m_starts[to] - 1 - m_starts[from]);
    }

    const ExpressionNode &m_node;
    ExpressionOperator m_op;
    double m_durationUnit = 1;
    double m_sizeUnit = 1;
    std::string m_path;                ///< all keys, each with a dot behind
    std::vector<std::size_t> m_starts; ///< of each key in it, and of its end
    std::string m_scratch;
};

/// -1, 0 or 1.
template <typename T>
int orderOf(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

/// Whether an order is what an operator asks for.
bool isOrder(int order, ExpressionOperator op);

} // namespace sluice
