#include "filter/ExpressionParser.h"

#include "filter/ExpressionOperandReader.h"
#include "filter/ExpressionText.h"

namespace sluice {

namespace {

using Kind = ExpressionNode::Kind;

/// Adds a part to an And or Or; a part of the same kind gives its own parts.
void addPart(ExpressionNode &node, ExpressionNode part)
{
    if (part.kind != node.kind) {
        node.children.push_back(std::move(part));
        return;
    }
    for (ExpressionNode &child : part.children)
        node.children.push_back(std::move(child));
}

/// What is neither about one thing alone.
void unwrap(ExpressionNode &node)
{
    if (node.children.size() == 1) {
        ExpressionNode only = std::move(node.children[0]);
        node = std::move(only);
    }
}

} // namespace

bool ExpressionParser::fail(std::string sentence, std::size_t offset, std::size_t length)
{
    m_error = std::move(sentence);
    m_place = {offset, length};
    return false;
}

bool ExpressionParser::failMissing(std::string sentence) { return fail(std::move(sentence), m_lexer.at(), 0); }

bool ExpressionParser::parse(ExpressionNode &root)
{
    m_lexer.skipSpace();
    if (m_lexer.atEnd()) {
        root = ExpressionNode{};
        return true;
    }
    if (!parseAny(root, 0))
        return false;
    m_lexer.skipSpace();
    if (!m_lexer.atEnd())
        return fail("There is no ( for this ).", m_lexer.at(), 1);
    return true;
}

bool ExpressionParser::isAtJoint()
{
    return m_lexer.atEnd() || m_lexer.peek() == ')' || m_lexer.isAtWord("and") || m_lexer.isAtWord("or") ||
           m_lexer.rest().starts_with("&&") || m_lexer.rest().starts_with("||");
}

bool ExpressionParser::parseAny(ExpressionNode &out, std::size_t depth)
{
    out.kind = Kind::Or;
    do {
        ExpressionNode part;
        if (!parseAll(part, depth))
            return false;
        addPart(out, std::move(part));
        m_lexer.skipSpace();
    } while (m_lexer.takeWord("or") || m_lexer.take("||"));
    unwrap(out);
    return true;
}

bool ExpressionParser::parseAll(ExpressionNode &out, std::size_t depth)
{
    out.kind = Kind::And;
    do {
        ExpressionNode part;
        if (!parseTerm(part, depth))
            return false;
        addPart(out, std::move(part));
        m_lexer.skipSpace();
    } while (m_lexer.takeWord("and") || m_lexer.take("&&") || !isAtJoint());
    unwrap(out);
    return true;
}

bool ExpressionParser::isNegation() const
{
    if (m_lexer.isAtWord("not"))
        return true;
    const char sign = m_lexer.peek();
    const char next = m_lexer.peek(1);
    if (sign != '!' && sign != '-')
        return false;
    // --verbose and -5 are looked for.
    return expression::beginsName(next) || next == '"' || next == '/' || next == '(' || next == '[' ||
           (sign == '!' && (expression::isDigit(next) || next == '!'));
}

bool ExpressionParser::parseTerm(ExpressionNode &out, std::size_t depth)
{
    if (depth > Expression::maxDepth)
        return fail("The expression is nested too deeply.", m_lexer.at(), 1);
    m_lexer.skipSpace();
    if (m_lexer.atEnd())
        return failMissing("Something is missing here.");
    if (m_lexer.peek() == ')')
        return fail("Something is missing before this ).", m_lexer.at(), 1);
    if (isAtJoint()) {
        const bool isWord = expression::beginsName(m_lexer.peek());
        const std::size_t length = isWord && m_lexer.isAtWord("and") ? 3 : 2;
        return fail("Something is missing before `" + std::string(m_lexer.rest().substr(0, length)) +
                        "`; to look for the word itself, put it in quotes.",
                    m_lexer.at(), length);
    }
    if (m_lexer.peek() == '(')
        return parseParentheses(out, depth);
    if (isNegation())
        return parseNegated(out, depth);
    if (parseQuotedText(out))
        return true;
    if (!m_error.empty())
        return false;
    if (parsePatternTerm(out))
        return true;
    if (!m_error.empty())
        return false;
    if (const int compared = parseComparison(out); compared != 0)
        return compared > 0;
    return checkSingleEquals() && parseWords(out);
}

bool ExpressionParser::parseParentheses(ExpressionNode &out, std::size_t depth)
{
    const std::size_t open = m_lexer.at();
    m_lexer.take("(");
    if (!parseAny(out, depth + 1))
        return false;
    m_lexer.skipSpace();
    if (!m_lexer.take(")"))
        return fail("This ( is not closed.", open, 1);
    return true;
}

bool ExpressionParser::parseNegated(ExpressionNode &out, std::size_t depth)
{
    if (!m_lexer.takeWord("not"))
        m_lexer.moveTo(m_lexer.at() + 1);
    out.kind = Kind::Not;
    out.children.emplace_back();
    return parseTerm(out.children[0], depth + 1);
}

bool ExpressionParser::parseQuotedText(ExpressionNode &out)
{
    const std::size_t start = m_lexer.at();
    auto text = m_lexer.takeQuoted();
    if (!text) {
        // An apostrophe may begin a word that is looked for.
        if (m_lexer.peek() == '"')
            fail("This quote is not closed.", start, 1);
        return false;
    }
    out.kind = Kind::Text;
    out.items.push_back(
        {*text, std::nullopt, std::make_shared<TextSearcher>(*text, TextSearcher::Case::Smart)});
    return true;
}

bool ExpressionParser::parsePatternTerm(ExpressionNode &out)
{
    const std::size_t start = m_lexer.at();
    auto pattern = m_lexer.takePattern();
    if (!pattern)
        return false;
    auto regex = RegexSearcher::create(pattern->pattern, pattern->anyCase);
    if (!regex)
        return fail(regex.error().text, start, m_lexer.at() - start);
    out.kind = Kind::Regex;
    out.items.push_back({ExpressionPattern{std::move(pattern->pattern), pattern->anyCase, *regex}, {}, {}});
    return true;
}

int ExpressionParser::parseComparison(ExpressionNode &out)
{
    const std::size_t start = m_lexer.at();
    auto field = m_lexer.takeField();
    bool negated = false;
    const auto op = field ? m_lexer.takeOperator(*field, negated) : std::nullopt;
    if (!op) {
        m_lexer.moveTo(start);
        return 0;
    }
    ExpressionNode comparison;
    comparison.kind = Kind::Compare;
    comparison.op = *op;
    comparison.field = ExpressionField::fromPath(std::move(field->path));
    if (*op != ExpressionOperator::Exists) {
        ExpressionOperandReader operands(m_lexer, comparison.field, *op);
        if (!operands.read(comparison.items)) {
            fail(operands.error(), operands.place().offset, operands.place().length);
            return -1;
        }
    }
    if (negated) {
        out.kind = Kind::Not;
        out.children.push_back(std::move(comparison));
    } else {
        out = std::move(comparison);
    }
    return 1;
}

bool ExpressionParser::checkSingleEquals()
{
    const std::size_t start = m_lexer.at();
    const auto field = m_lexer.takeField();
    m_lexer.skipSpace();
    const std::size_t at = m_lexer.at();
    const bool spaced = field && m_lexer.peek() == '=' && expression::isSpace(m_lexer.peek(1));
    m_lexer.moveTo(start);
    if (spaced && (!field->isSingleName || isKnownField(field->path[0])))
        return fail("A comparison is written with ==.", at, 1);
    return true;
}

bool ExpressionParser::atComparison()
{
    const std::size_t start = m_lexer.at();
    const auto field = m_lexer.takeField();
    bool negated = false;
    const bool compares = field && m_lexer.takeOperator(*field, negated);
    m_lexer.moveTo(start);
    return compares;
}

bool ExpressionParser::beginsTerm()
{
    const std::size_t start = m_lexer.at();
    const bool begins = m_lexer.peek() == '(' || m_lexer.peek() == '"' || m_lexer.takeQuoted() || m_lexer.takePattern() || atComparison();
    m_lexer.moveTo(start);
    return begins;
}

bool ExpressionParser::parseWords(ExpressionNode &out)
{
    const std::size_t start = m_lexer.at();
    std::size_t end = start;
    while (true) {
        m_lexer.takeBareWord();
        end = m_lexer.at();
        m_lexer.skipSpace();
        if (isAtJoint() || beginsTerm())
            break;
        if (m_lexer.isAtWord("not")) {
            // "file not found" is a text; "file not /x/" is not.
            const std::size_t before = m_lexer.at();
            m_lexer.takeWord("not");
            m_lexer.skipSpace();
            const bool negates = beginsTerm();
            m_lexer.moveTo(before);
            if (negates)
                break;
        } else if (isNegation()) {
            break;
        }
    }
    m_lexer.moveTo(end);
    const std::string text(m_lexer.text().substr(start, end - start));
    out.kind = Kind::Text;
    out.items.push_back(
        {text, std::nullopt, std::make_shared<TextSearcher>(text, TextSearcher::Case::Smart)});
    return true;
}

} // namespace sluice
