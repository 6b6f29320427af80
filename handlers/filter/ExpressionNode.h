#pragma once

#include "filter/ExpressionField.h"
#include "filter/ExpressionNumber.h"
#include "filter/ExpressionTime.h"
#include "filter/RegexSearcher.h"
#include "filter/TextSearcher.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sluice {

/// A regular expression as a value: compared by its text, compiled when it was read.
struct ExpressionPattern
{
    std::string pattern;
    bool anyCase = false;
    std::shared_ptr<const RegexSearcher> regex;

    bool operator==(const ExpressionPattern &other) const
    {
        return pattern == other.pattern && anyCase == other.anyCase;
    }
};

/// A level in an expression.
struct ExpressionLevel
{
    int number = 0;

    bool operator==(const ExpressionLevel &) const = default;
};

/// What a field is compared with.
using ExpressionOperand =
    std::variant<std::string, ExpressionNumber, ExpressionLevel, ExpressionTime, ExpressionPattern>;

/// A member of what stands behind `in`: a value, or a range with both ends.
struct ExpressionItem
{
    ExpressionOperand first;
    std::optional<ExpressionOperand> last;
    /// For operands that are text.
    std::shared_ptr<const TextSearcher> searcher;

    bool operator==(const ExpressionItem &other) const { return first == other.first && last == other.last; }
};

enum class ExpressionOperator : std::uint8_t {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    NotMatches,
    Contains,
    StartsWith,
    EndsWith,
    In,
    Exists,
};

/// A node of a parsed expression. A plain value; never changed once it is in an Expression.
struct ExpressionNode
{
    enum class Kind : std::uint8_t {
        And,
        Or,
        Not,     ///< of its one child
        Text,    ///< a text is looked for: items[0]
        Regex,   ///< a pattern is looked for: items[0]
        Compare, ///< field, operator, items
    };

    Kind kind = Kind::And;
    ExpressionOperator op = ExpressionOperator::Equal;
    ExpressionField field;
    std::vector<ExpressionItem> items;
    std::vector<ExpressionNode> children;

    bool operator==(const ExpressionNode &) const = default;
};

} // namespace sluice
