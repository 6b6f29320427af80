#pragma once

#include "filter/Expression.h"
#include "filter/ExpressionLexer.h"

#include <string>
#include <string_view>

namespace sluice {

/// Makes the nodes of one expression. Used once.
class ExpressionParser
{
public:
    explicit ExpressionParser(std::string_view text) : m_lexer(text) {}

    /// False if it is wrong: error() and place() say how.
    bool parse(ExpressionNode &root);

    const std::string &error() const { return m_error; }
    ExpressionPlace place() const { return m_place; }

private:
    bool parseAny(ExpressionNode &out, std::size_t depth);
    bool parseAll(ExpressionNode &out, std::size_t depth);
    bool parseTerm(ExpressionNode &out, std::size_t depth);
    bool parseNegated(ExpressionNode &out, std::size_t depth);
    bool parseParentheses(ExpressionNode &out, std::size_t depth);
    /// 1 if a comparison was read, 0 if none begins here, -1 if it is wrong.
    int parseComparison(ExpressionNode &out);
    bool parseWords(ExpressionNode &out);
    bool parseQuotedText(ExpressionNode &out);
    bool parsePatternTerm(ExpressionNode &out);
    bool checkSingleEquals();
    bool beginsTerm();
    bool isNegation() const;
    bool isAtJoint(); ///< at `and`, `or`, their symbols, `)` or the end
    bool atComparison();
    bool fail(std::string sentence, std::size_t offset, std::size_t length);
    bool failMissing(std::string sentence);

    ExpressionLexer m_lexer;
    std::string m_error;
    ExpressionPlace m_place;
};

} // namespace sluice
