#pragma once

#include "filter/ExpressionNode.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Takes an expression apart. What a word means depends on where it stands (`in` may be an operator or be
/// looked for), so the parser asks for what it expects; what is not there is not taken.
class ExpressionLexer
{
public:
    explicit ExpressionLexer(std::string_view text) : m_text(text) {}

    struct Pattern
    {
        std::string pattern;
        bool anyCase = false;
    };
    struct FieldToken
    {
        std::vector<std::string> path;
        bool isSingleName = false; ///< a name without dots or brackets: it may as well be a word
    };

    std::string_view text() const { return m_text; }
    std::size_t at() const { return m_at; }
    void moveTo(std::size_t at) { m_at = at; }
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    std::string_view rest() const { return m_text.substr(m_at); }

    void skipSpace();
    bool take(std::string_view symbol);
    /// A keyword that stands alone: behind it comes no letter.
    bool takeWord(std::string_view keyword);
    bool isAtWord(std::string_view keyword) const;

    /// "…" or '…' with \" \' \\ \n \r \t; none if there is no quote here, or it is not closed.
    std::optional<std::string> takeQuoted();
    /// /…/ or /…/i, up to the first slash that ends a word.
    std::optional<Pattern> takePattern();
    /// name.name["odd name"].0
    std::optional<FieldToken> takeField();
    /// The operator of a comparison with `field`; none where the words are rather to be searched for.
    std::optional<ExpressionOperator> takeOperator(const FieldToken &field, bool &negated);
    /// Characters up to the next space, to a parenthesis that was not opened in it, or to && or ||. What stands in
    /// parentheses that it opens belongs to it, spaces and all: `execute(a, b)`. `isListed`: a comma ends it too.
    std::string_view takeBareWord(bool isListed = false);

private:
    std::optional<ExpressionOperator> takeSymbol(const FieldToken &field, bool spaced);
    std::optional<ExpressionOperator> takeWordOperator(const FieldToken &field);
    /// 500..599
    bool isAtRange();
    std::size_t closingParenthesis(std::size_t open) const;

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_hasOpenParenthesis = false; ///< one that is never closed
};

} // namespace sluice
