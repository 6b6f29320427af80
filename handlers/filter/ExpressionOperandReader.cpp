#include "filter/ExpressionOperandReader.h"

#include "base/Spelling.h"
#include "filter/ExpressionText.h"
#include "record/Level.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sluice {

namespace {

using Op = ExpressionOperator;
using FieldKind = ExpressionField::Kind;

/// Behind `in` and elsewhere: more would be a program.
constexpr std::size_t maxItems = 1000;

std::optional<int> levelFrom(std::string_view text)
{
    if (const auto number = levelNumber(text))
        return number;
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (const auto number = levelNumber(upper))
        return number;
    const auto number = ExpressionNumber::parse(text);
    if (!number || !number->isWhole() || number->dimension() != ExpressionNumber::Dimension::None ||
        number->asInt() < std::numeric_limits<int>::min() || number->asInt() > std::numeric_limits<int>::max())
        return std::nullopt;
    return static_cast<int>(number->asInt());
}

bool isPatternOperator(Op op) { return op == Op::Matches || op == Op::NotMatches; }

} // namespace

std::string_view operatorName(ExpressionOperator op)
{
    switch (op) {
    case Op::Equal:
        return "==";
    case Op::NotEqual:
        return "!=";
    case Op::Less:
        return "<";
    case Op::LessOrEqual:
        return "<=";
    case Op::Greater:
        return ">";
    case Op::GreaterOrEqual:
        return ">=";
    case Op::Matches:
        return "~";
    case Op::NotMatches:
        return "!~";
    case Op::Contains:
        return "contains";
    case Op::StartsWith:
        return "startswith";
    case Op::EndsWith:
        return "endswith";
    case Op::In:
        return "in";
    case Op::Exists:
        return "exists";
    }
    return "";
}

bool ExpressionOperandReader::fail(std::string sentence, std::size_t offset, std::size_t length)
{
    m_error = std::move(sentence);
    m_place = {offset, length};
    return false;
}

bool ExpressionOperandReader::isTextual() const
{
    return m_op == Op::Contains || m_op == Op::StartsWith || m_op == Op::EndsWith;
}

bool ExpressionOperandReader::read(std::vector<ExpressionItem> &items)
{
    const std::size_t behindOperator = m_lexer.at();
    m_lexer.skipSpace();
    if (m_field.kind == FieldKind::Time && (isTextual() || isPatternOperator(m_op)))
        return fail("`time` is no text: compare it with ==, <, <=, >, >= or in.",
                    behindOperator - operatorName(m_op).size(), operatorName(m_op).size());
    if (m_op == Op::In && m_lexer.peek() == '(')
        return readList(items);
    items.emplace_back();
    return isPatternOperator(m_op) ? readPattern(items[0]) : readItem(items[0], false);
}

bool ExpressionOperandReader::readList(std::vector<ExpressionItem> &items)
{
    const std::size_t open = m_lexer.at();
    m_lexer.take("(");
    do {
        m_lexer.skipSpace();
        if (items.size() == maxItems)
            return fail("There are more than " + std::to_string(maxItems) + " values here.", open, 1);
        items.emplace_back();
        if (!readItem(items.back(), true))
            return false;
        m_lexer.skipSpace();
    } while (m_lexer.take(","));
    if (!m_lexer.take(")"))
        return fail(m_lexer.atEnd() ? "This ( is not closed." : "A comma or a ) is missing here.",
                    m_lexer.atEnd() ? open : m_lexer.at(), m_lexer.atEnd() ? 1 : 0);
    return true;
}

bool ExpressionOperandReader::readPattern(ExpressionItem &item)
{
    const std::size_t start = m_lexer.at();
    ExpressionPattern pattern;
    if (auto slashed = m_lexer.takePattern()) {
        pattern.pattern = std::move(slashed->pattern);
        pattern.anyCase = slashed->anyCase;
    } else {
        auto quoted = m_lexer.takeQuoted();
        const std::string_view text = quoted ? std::string_view(*quoted) : m_lexer.takeBareWord();
        // As in /…/, so that both are the same pattern.
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && i + 1 < text.size()) {
                if (text[i + 1] != '/')
                    pattern.pattern += '\\';
                ++i;
            }
            pattern.pattern += text[i];
        }
        if (!quoted && pattern.pattern.empty())
            return fail("A regular expression is missing here: /…/ or /…/i.", start, 0);
    }
    auto regex = RegexSearcher::create(pattern.pattern, pattern.anyCase);
    if (!regex)
        return fail(regex.error().text, start, m_lexer.at() - start);
    pattern.regex = *regex;
    item.first = std::move(pattern);
    return true;
}

std::string ExpressionOperandReader::wordsOfTime(std::string_view first, bool isListed)
{
    std::string text(first);
    const auto isTime = [](std::string_view candidate) {
        const std::size_t dots = candidate.find("..");
        if (dots == candidate.npos)
            return ExpressionTime::parse(candidate).has_value();
        const std::string_view behind = candidate.substr(dots + 2);
        return ExpressionTime::parse(candidate.substr(0, dots)) && (behind.empty() || ExpressionTime::parse(behind));
    };
    while (true) {
        const std::size_t before = m_lexer.at();
        m_lexer.skipSpace();
        std::string word(m_lexer.takeBareWord(isListed));
        if (word == "-" || word == "+") {
            m_lexer.skipSpace();
            word += m_lexer.takeBareWord(isListed);
        }
        const bool isDistance = !word.empty() && (word[0] == '-' || word[0] == '+');
        const bool tight = isDistance || text.ends_with("..") || word.starts_with("..");
        const std::string joined = text + (tight ? "" : " ") + word;
        if (word.empty() || !isTime(joined)) {
            m_lexer.moveTo(before);
            return text;
        }
        text = joined;
    }
}

bool ExpressionOperandReader::readQuotedItem(ExpressionItem &item)
{
    std::size_t start = m_lexer.at();
    auto first = m_lexer.takeQuoted();
    if (!first)
        return fail("This quote is not closed.", start, 1);
    if (!makeOperand(*first, true, start, item.first))
        return false;
    if (m_op != Op::In || !m_lexer.take(".."))
        return true;
    start = m_lexer.at();
    const auto last = m_lexer.takeQuoted();
    if (!last)
        return fail("The end of the range is missing here, in quotes as its beginning is.", start, 0);
    item.last.emplace();
    return makeOperand(*last, true, start, *item.last);
}

bool ExpressionOperandReader::readItem(ExpressionItem &item, bool isListed)
{
    const std::size_t start = m_lexer.at();
    if (m_lexer.peek() == '"' || m_lexer.peek() == '\'') {
        if (!readQuotedItem(item))
            return false;
    } else {
        const std::string_view word = m_lexer.takeBareWord(isListed);
        if (word.empty())
            return fail("What the field is compared with is missing here.", start, 0);
        std::string text(word);
        if (m_field.kind == FieldKind::Time)
            text = wordsOfTime(word, isListed);
        const std::size_t dots = m_op == Op::In ? text.find("..") : text.npos;
        const auto isNumber = [](std::string_view part) { return ExpressionNumber::parse(part).has_value(); };
        const bool isRange =
            dots != text.npos &&
            (m_field.kind == FieldKind::Time || m_field.kind == FieldKind::Level ||
             (isNumber(std::string_view(text).substr(0, dots)) && isNumber(std::string_view(text).substr(dots + 2))));
        if (!makeOperand(isRange ? std::string_view(text).substr(0, dots) : text, false, start, item.first))
            return false;
        if (isRange) {
            item.last.emplace();
            if (!makeOperand(std::string_view(text).substr(dots + 2), false, start + dots + 2, *item.last))
                return false;
        }
    }
    if (isTextual())
        item.searcher = std::make_shared<TextSearcher>(std::get<std::string>(item.first), TextSearcher::Case::Smart);
    if (!item.last)
        return true;
    const auto *first = std::get_if<ExpressionTime>(&item.first);
    const auto *last = std::get_if<ExpressionTime>(&*item.last);
    if (first && last && first->isTimeOfDay() != last->isTimeOfDay())
        return fail("One end of this range is a time of day and the other one has a date.", start, m_lexer.at() - start);
    return true;
}

bool ExpressionOperandReader::makeOperand(std::string_view text, bool quoted, std::size_t offset,
                                          ExpressionOperand &out)
{
    const std::size_t length = m_lexer.at() > offset ? m_lexer.at() - offset : 0;
    if (m_field.kind == FieldKind::Level && !isTextual()) {
        const auto number = levelFrom(text);
        if (!number) {
            static const std::array<std::string, 7> names = {"DEBUG", "INFO",     "WARNING", "WARN",
                                                             "ERROR", "CRITICAL", "NOTSET"};
            const std::string meant = nearestWord(text, names);
            return fail("`level` is compared with a level's name or a number" + (meant.empty() ? "." : "; is " + meant + " meant?"),
                        offset, length);
        }
        out = ExpressionLevel{*number};
        return true;
    }
    if (m_field.kind == FieldKind::Time) {
        const auto time = ExpressionTime::parse(text);
        if (!time)
            return fail("`time` is compared with a time such as 14:03, 2026-11-21 14:03:05, today or now-5m.", offset, length);
        out = *time;
        return true;
    }
    const bool mayBeNumber =
        !quoted && !isTextual() && (m_field.kind == FieldKind::Attribute || m_field.kind == FieldKind::Extra);
    if (const auto number = mayBeNumber ? ExpressionNumber::parse(text) : std::nullopt) {
        out = *number;
        return true;
    }
    out = std::string(text);
    return true;
}

} // namespace sluice
