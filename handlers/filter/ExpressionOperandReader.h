#pragma once

#include "filter/Expression.h"
#include "filter/ExpressionLexer.h"

#include <string>
#include <string_view>

namespace sluice {

/// Reads what stands behind the operator of a comparison, as its field wants it: a level, a time, a number, a
/// text, a pattern; one, or several behind `in`.
class ExpressionOperandReader
{
public:
    ExpressionOperandReader(ExpressionLexer &lexer, const ExpressionField &field, ExpressionOperator op)
        : m_lexer(lexer), m_field(field), m_op(op)
    {
    }

    /// False if it is wrong: error() and place() say how.
    bool read(std::vector<ExpressionItem> &items);

    const std::string &error() const { return m_error; }
    ExpressionPlace place() const { return m_place; }

private:
    bool readList(std::vector<ExpressionItem> &items);
    bool readItem(ExpressionItem &item, bool isListed);
    bool readPattern(ExpressionItem &item);
    bool readQuotedItem(ExpressionItem &item);
    /// Times have spaces in them: 2026-11-21 14:03, now - 5m.
    std::string wordsOfTime(std::string_view first, bool isListed);
    /// `quoted`: it is text, unless the field wants something else.
    bool makeOperand(std::string_view text, bool quoted, std::size_t offset, ExpressionOperand &out);
    bool isTextual() const;
    bool fail(std::string sentence, std::size_t offset, std::size_t length);

    ExpressionLexer &m_lexer;
    const ExpressionField &m_field;
    const ExpressionOperator m_op;
    std::string m_error;
    ExpressionPlace m_place;
};

/// The sign or word of an operator.
std::string_view operatorName(ExpressionOperator op);

} // namespace sluice
