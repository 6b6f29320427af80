#include "filter/ExpressionLexer.h"

#include "filter/ExpressionText.h"

#include <array>

namespace sluice {

using expression::isSpace;

namespace {

bool isKnown(const ExpressionLexer::FieldToken &field)
{
    return !field.isSingleName || isKnownField(field.path[0]);
}

constexpr bool endsWord(char c) { return c == '\0' || isSpace(c) || c == ')' || c == '('; }

} // namespace

void ExpressionLexer::skipSpace()
{
    while (!atEnd() && isSpace(peek()))
        ++m_at;
}

bool ExpressionLexer::take(std::string_view symbol)
{
    if (!rest().starts_with(symbol))
        return false;
    m_at += symbol.size();
    return true;
}

bool ExpressionLexer::isAtWord(std::string_view keyword) const
{
    return rest().size() >= keyword.size() && expression::isWord(rest().substr(0, keyword.size()), keyword) &&
           endsWord(peek(keyword.size()));
}

bool ExpressionLexer::takeWord(std::string_view keyword)
{
    if (!isAtWord(keyword))
        return false;
    m_at += keyword.size();
    return true;
}

std::optional<std::string> ExpressionLexer::takeQuoted()
{
    const char quote = peek();
    if (quote != '"' && quote != '\'')
        return std::nullopt;
    std::string out;
    for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
        const char c = m_text[at];
        if (c == quote) {
            m_at = at + 1;
            return out;
        }
        if (c == '\\' && at + 1 < m_text.size()) {
            const char next = m_text[at + 1];
            constexpr std::string_view escapes = "\"'\\nrt";
            constexpr std::string_view meant = "\"'\\\n\r\t";
            if (const std::size_t which = escapes.find(next); which != escapes.npos) {
                out += meant[which];
                ++at;
                continue;
            }
        }
        out += c;
    }
    return std::nullopt;
}

std::optional<ExpressionLexer::Pattern> ExpressionLexer::takePattern()
{
    if (peek() != '/')
        return std::nullopt;
    Pattern pattern;
    for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
        const char c = m_text[at];
        if (c == '\\' && at + 1 < m_text.size()) {
            ++at;
            if (m_text[at] != '/')
                pattern.pattern += '\\';
            pattern.pattern += m_text[at];
            continue;
        }
        if (c == '/') {
            const bool anyCase = at + 1 < m_text.size() && m_text[at + 1] == 'i';
            const std::size_t behind = at + 1 + anyCase;
            const char next = behind < m_text.size() ? m_text[behind] : '\0';
            if (!pattern.pattern.empty() && (endsWord(next) || next == ',')) {
                pattern.anyCase = anyCase;
                m_at = behind;
                return pattern;
            }
        }
        pattern.pattern += c;
    }
    return std::nullopt;
}

std::optional<ExpressionLexer::FieldToken> ExpressionLexer::takeField()
{
    const std::size_t start = m_at;
    FieldToken field;
    const auto takeBracket = [&] {
        const std::size_t before = m_at;
        if (!take("["))
            return false;
        if (auto key = takeQuoted(); key && take("]")) {
            field.path.push_back(std::move(*key));
            return true;
        }
        m_at = before;
        return false;
    };
    const auto takeName = [&] {
        const std::size_t size = expression::nameLength(rest());
        if (size == 0)
            return false;
        field.path.emplace_back(rest().substr(0, size));
        m_at += size;
        return true;
    };
    const auto takeNumber = [&] {
        std::size_t size = 0;
        while (expression::isDigit(peek(size)))
            ++size;
        if (!expression::isNumberKey(rest().substr(0, size)) || expression::continuesName(peek(size)))
            return false;
        field.path.emplace_back(rest().substr(0, size));
        m_at += size;
        return true;
    };
    if (!takeName() && !takeBracket())
        return std::nullopt;
    field.isSingleName = m_text[start] != '[';
    while (field.path.size() <= ExpressionField::maxKeys) {
        const std::size_t before = m_at;
        if (takeBracket()) {
            field.isSingleName = false;
            continue;
        }
        if (take(".") && (takeName() || takeNumber())) {
            field.isSingleName = false;
            continue;
        }
        m_at = before;
        return field;
    }
    m_at = start;
    return std::nullopt;
}

std::optional<ExpressionOperator> ExpressionLexer::takeSymbol(const FieldToken &field, bool spaced)
{
    using enum ExpressionOperator;
    struct Symbol
    {
        std::string_view text;
        ExpressionOperator op;
        bool isPlain; ///< it stands in many a text, too
    };
    static constexpr std::array<Symbol, 8> symbols = {{{"==", Equal, false},
                                                       {"!=", NotEqual, false},
                                                       {"<=", LessOrEqual, false},
                                                       {">=", GreaterOrEqual, false},
                                                       {"!~", NotMatches, false},
                                                       {"<", Less, true},
                                                       {">", Greater, true},
                                                       {"~", Matches, true}}};
    for (const Symbol &symbol : symbols) {
        if (!rest().starts_with(symbol.text))
            continue;
        if (symbol.isPlain && !isKnown(field)) {
            // List<String> and "see <the log>" are looked for; size>5 and size > 5 are compared.
            const char next = peek(1);
            const bool comparesAnyway = (spaced && isSpace(next)) || expression::isDigit(next) || next == '"' || next == '/';
            if (!comparesAnyway)
                return std::nullopt;
        }
        m_at += symbol.text.size();
        return symbol.op;
    }
    return std::nullopt;
}

std::optional<ExpressionOperator> ExpressionLexer::takeWordOperator(const FieldToken &field)
{
    using enum ExpressionOperator;
    struct Word
    {
        std::string_view text;
        ExpressionOperator op;
        bool isPlain; ///< "logged in" and "file exists" are texts
    };
    static constexpr std::array<Word, 5> words = {{{"contains", Contains, false},
                                                   {"startswith", StartsWith, false},
                                                   {"endswith", EndsWith, false},
                                                   {"in", In, true},
                                                   {"exists", Exists, true}}};
    const std::size_t before = m_at;
    for (const Word &word : words) {
        if (!takeWord(word.text))
            continue;
        if (!word.isPlain || isKnown(field))
            return word.op;
        skipSpace();
        const bool compares = word.op == In && (peek() == '(' || peek() == '"' || isAtRange());
        if (compares) {
            m_at = before + word.text.size();
            return word.op;
        }
        m_at = before;
        return std::nullopt;
    }
    return std::nullopt;
}

bool ExpressionLexer::isAtRange()
{
    const std::size_t before = m_at;
    const std::string_view word = takeBareWord();
    m_at = before;
    const std::size_t dots = word.find("..");
    return dots != word.npos && ExpressionNumber::parse(word.substr(0, dots)) &&
           ExpressionNumber::parse(word.substr(dots + 2));
}

std::optional<ExpressionOperator> ExpressionLexer::takeOperator(const FieldToken &field, bool &negated)
{
    negated = false;
    const std::size_t start = m_at;
    skipSpace();
    const bool spaced = m_at > start;
    if (const auto op = takeSymbol(field, spaced))
        return op;
    if (spaced || !field.isSingleName) {
        if (const auto op = takeWordOperator(field))
            return op;
        if (takeWord("not")) {
            skipSpace();
            if (const auto op = takeWordOperator(field); op && *op != ExpressionOperator::Exists) {
                negated = true;
                return op;
            }
        }
    }
    m_at = start;
    return std::nullopt;
}

std::size_t ExpressionLexer::closingParenthesis(std::size_t open) const
{
    std::size_t depth = 0;
    for (std::size_t at = open; at < m_text.size(); ++at) {
        if (m_text[at] == '(')
            ++depth;
        else if (m_text[at] == ')' && --depth == 0)
            return at;
    }
    return std::string_view::npos;
}

std::string_view ExpressionLexer::takeBareWord(bool isListed)
{
    const std::size_t start = m_at;
    while (!atEnd()) {
        const char c = peek();
        if (isSpace(c) || c == ')' || (isListed && c == ','))
            break;
        if ((c == '&' && peek(1) == '&') || (c == '|' && peek(1) == '|'))
            break;
        if (c == '(' && m_at > start && !m_hasOpenParenthesis) {
            const std::size_t closing = closingParenthesis(m_at);
            if (closing == m_text.npos)
                m_hasOpenParenthesis = true; // and is not looked for again
            else
                m_at = closing;
        }
        ++m_at;
    }
    return m_text.substr(start, m_at - start);
}

} // namespace sluice
