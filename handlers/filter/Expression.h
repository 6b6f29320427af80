#pragma once

#include "base/Result.h"
#include "filter/ExpressionNode.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Where in an expression something is wrong, in bytes.
struct ExpressionPlace
{
    std::size_t offset = 0;
    std::size_t length = 0; ///< 0: at the end, something is missing
};

/// What every record that an expression lets through must contain, so that whole pages can be searched for it.
struct RequiredText
{
    /// At least one of them stands in the record's own text: message, exc_text, or the text of an extra field.
    std::vector<std::shared_ptr<const TextSearcher>> literals;
    /// Or else in its logger's name.
    bool orInLogger = false;
    /// Only the message and exc_text count, not the extra fields.
    bool inText = true;
};

/// A filter expression: the one language of views, wires and sluicectl. Its reference is
/// expressionReference(). A value, cheap to copy; immutable, so any number of threads may use it.
class Expression
{
public:
    static constexpr std::size_t maxBytes = 64 * 1024;
    static constexpr std::size_t maxDepth = 100;

    /// The empty expression: every record passes.
    Expression();

    /// Reads an expression. Errors are one sentence for people; `place` gets where it is wrong.
    static Result<Expression> parse(std::string_view text, ExpressionPlace *place = nullptr);

    /// What searches for `text` as it stands.
    static Expression search(std::string_view text);
    /// All of them hold.
    static Expression all(std::vector<Expression> parts);
    static Expression any(std::vector<Expression> parts);

    bool isEmpty() const;
    /// In the canonical spelling: read again, it is the same expression.
    std::string print() const;
    const ExpressionNode &root() const { return *m_root; }

    /// None if a record may pass without any text.
    std::optional<RequiredText> requiredText() const;

    /// The places in a message, traceback or logger's name that the expression looks for, ascending, none within
    /// another: what a view marks.
    std::vector<TextRange> foundIn(std::string_view text, std::size_t maxPlaces = 100) const;

    bool operator==(const Expression &other) const { return m_root == other.m_root || *m_root == *other.m_root; }

private:
    explicit Expression(ExpressionNode root);

    std::shared_ptr<const ExpressionNode> m_root;
};

} // namespace sluice
