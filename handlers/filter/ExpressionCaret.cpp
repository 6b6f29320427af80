#include "filter/ExpressionCaret.h"

#include "filter/ExpressionLexer.h"
#include "filter/ExpressionText.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

using Expects = ExpressionCaret::Expects;

/// Goes through an expression as the parser does, and stops where the text does.
class CaretFinder
{
public:
    explicit CaretFinder(std::string_view text) : m_lexer(text) {}

    ExpressionCaret find()
    {
        ExpressionCaret caret;
        do {
            m_lexer.skipSpace();
            caret.begin = m_lexer.at();
            caret.expects = m_isBehindTerm ? Expects::TermOrJoint : Expects::Term;
        } while (!m_lexer.atEnd() && step(caret));
        return caret;
    }

private:
    /// False when the caret has been found.
    bool step(ExpressionCaret &caret)
    {
        if (takeJoint())
            return true;
        if (m_lexer.peek() == '"' || m_lexer.peek() == '/') {
            m_isBehindTerm = true;
            if (m_lexer.takeQuoted() || m_lexer.takePattern())
                return true;
            if (m_lexer.peek() == '"') {
                caret.expects = Expects::Nothing;
                return false;
            }
        }
        const auto field = m_lexer.takeField();
        if (!field) {
            m_lexer.takeBareWord();
            m_isBehindTerm = true;
            if (m_lexer.atEnd())
                caret.expects = Expects::Nothing;
            return !m_lexer.atEnd();
        }
        const bool isTyped = m_lexer.atEnd() || m_lexer.rest() == ".";
        return !isTyped && stepBehind(*field, caret);
    }

    bool takeJoint()
    {
        if (m_lexer.take("(") || m_lexer.take("&&") || m_lexer.take("||") || takeWordWithSpace("and") ||
            takeWordWithSpace("or") || takeWordWithSpace("not")) {
            m_isBehindTerm = false;
            return true;
        }
        if (m_lexer.take(")")) {
            m_isBehindTerm = true;
            return true;
        }
        const bool negates = (m_lexer.peek() == '-' || m_lexer.peek() == '!') && expression::beginsName(m_lexer.peek(1));
        if (negates) {
            m_lexer.moveTo(m_lexer.at() + 1);
            m_isBehindTerm = false;
        }
        return negates;
    }

    /// A word at the end is still being typed.
    bool takeWordWithSpace(std::string_view word)
    {
        return m_lexer.peek(word.size()) != '\0' && m_lexer.takeWord(word);
    }

    bool stepBehind(const ExpressionLexer::FieldToken &field, ExpressionCaret &caret)
    {
        const std::size_t behind = m_lexer.at();
        bool negated = false;
        const auto op = m_lexer.takeOperator(field, negated);
        if (op && !isUnfinished(*op)) {
            caret.field = ExpressionField::fromPath(field.path);
            return stepBehindOperator(*op, caret);
        }
        m_lexer.moveTo(behind);
        m_lexer.skipSpace();
        const std::string_view typed = m_lexer.rest();
        const bool isKnown = !field.isSingleName || isKnownField(field.path[0]);
        if (isKnown && beginsOperator(typed)) {
            caret.field = ExpressionField::fromPath(field.path);
            caret.expects = Expects::Operator;
            caret.begin = m_lexer.at();
            return false;
        }
        m_lexer.moveTo(behind);
        if (!expression::isSpace(m_lexer.peek()) && m_lexer.peek() != ')')
            m_lexer.takeBareWord();
        m_isBehindTerm = true;
        if (m_lexer.atEnd())
            caret.expects = Expects::Nothing;
        return !m_lexer.atEnd();
    }

    /// What ends where the text does may become another operator.
    bool isUnfinished(ExpressionOperator op) const
    {
        return m_lexer.atEnd() && (op == ExpressionOperator::Less || op == ExpressionOperator::Greater ||
                                   op == ExpressionOperator::In || op == ExpressionOperator::Contains ||
                                   op == ExpressionOperator::StartsWith || op == ExpressionOperator::EndsWith);
    }

    static bool beginsOperator(std::string_view typed)
    {
        static constexpr std::array<std::string_view, 16> operators = {
            "==",         "!=",         "<=",       ">=",           "<",              ">",            "~",      "!~", "in",
            "contains",   "startswith", "endswith", "exists",       "not in",         "not contains", "not startswith"};
        return std::ranges::any_of(operators, [&](std::string_view op) { return op.starts_with(typed); });
    }

    bool stepBehindOperator(ExpressionOperator op, ExpressionCaret &caret)
    {
        m_isBehindTerm = true;
        if (op == ExpressionOperator::Exists) {
            caret.expects = Expects::Joint;
            return !m_lexer.atEnd();
        }
        m_lexer.skipSpace();
        const bool isListed = op == ExpressionOperator::In && m_lexer.take("(");
        while (true) {
            m_lexer.skipSpace();
            caret.expects = Expects::Value;
            caret.begin = m_lexer.at();
            if (m_lexer.atEnd())
                return false;
            if (m_lexer.peek() == '/' && m_lexer.takePattern())
                return true;
            caret.quoted = m_lexer.peek() == '"' || m_lexer.peek() == '\'';
            if (caret.quoted) {
                if (!m_lexer.takeQuoted())
                    return false;
            } else {
                m_lexer.takeBareWord(isListed);
                if (m_lexer.atEnd())
                    return false;
            }
            caret.quoted = false;
            m_lexer.skipSpace();
            if (!isListed)
                return true;
            if (m_lexer.take(")"))
                return true;
            if (!m_lexer.take(",")) {
                caret.expects = Expects::Nothing;
                return false;
            }
        }
    }

    ExpressionLexer m_lexer;
    bool m_isBehindTerm = false;
};

} // namespace

ExpressionCaret ExpressionCaret::at(std::string_view text) { return CaretFinder(text).find(); }

} // namespace sluice
