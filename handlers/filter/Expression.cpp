#include "filter/Expression.h"

#include "base/Utf8.h"
#include "filter/ExpressionParser.h"
#include "filter/ExpressionPrinter.h"
#include "filter/ExpressionRequirement.h"

#include <algorithm>

namespace sluice {

namespace {

using Kind = ExpressionNode::Kind;

ExpressionNode combined(Kind kind, const std::vector<Expression> &parts)
{
    ExpressionNode node;
    node.kind = kind;
    for (const Expression &part : parts) {
        if (part.root().kind == kind)
            node.children.insert(node.children.end(), part.root().children.begin(), part.root().children.end());
        else
            node.children.push_back(part.root());
    }
    return node;
}

void collectPlaces(const ExpressionNode &node, std::string_view text, std::size_t maxPlaces,
                   std::vector<TextRange> &places)
{
    const auto findAll = [&](const auto &searcher) {
        for (std::size_t at = 0; at <= text.size() && places.size() < maxPlaces;) {
            const auto found = searcher.find(text, at);
            if (!found)
                return;
            if (found->size > 0)
                places.push_back(*found);
            at = std::max(found->end(), at + 1);
        }
    };
    const bool looksIntoText = node.kind == Kind::Text || node.kind == Kind::Regex ||
                               (node.kind == Kind::Compare && (node.field.kind == ExpressionField::Kind::Message ||
                                                               node.field.kind == ExpressionField::Kind::Text));
    if (looksIntoText && node.op != ExpressionOperator::NotMatches) {
        for (const ExpressionItem &item : node.items) {
            if (item.searcher)
                findAll(*item.searcher);
            else if (const auto *pattern = std::get_if<ExpressionPattern>(&item.first))
                findAll(*pattern->regex);
        }
    }
    if (node.kind == Kind::Not)
        return;
    for (const ExpressionNode &child : node.children)
        collectPlaces(child, text, maxPlaces, places);
}

} // namespace

Expression::Expression() : m_root(std::make_shared<ExpressionNode>()) {}

Expression::Expression(ExpressionNode root) : m_root(std::make_shared<ExpressionNode>(std::move(root))) {}

Result<Expression> Expression::parse(std::string_view text, ExpressionPlace *place)
{
    const auto failed = [&](ExpressionPlace where, std::string sentence) {
        if (place)
            *place = where;
        return Error{std::move(sentence)};
    };
    if (text.size() > maxBytes)
        return failed({maxBytes, text.size() - maxBytes},
                      "The expression is longer than " + std::to_string(maxBytes) + " bytes.");
    if (!utf8::isValid(text))
        return failed({0, text.size()}, "The expression is no UTF-8 text.");
    ExpressionParser parser(text);
    ExpressionNode root;
    if (!parser.parse(root))
        return failed(parser.place(), parser.error());
    return Expression(std::move(root));
}

Expression Expression::search(std::string_view text)
{
    ExpressionNode node;
    node.kind = Kind::Text;
    node.items.push_back({std::string(text), std::nullopt,
                          std::make_shared<TextSearcher>(text, TextSearcher::Case::Smart)});
    return Expression(std::move(node));
}

Expression Expression::all(std::vector<Expression> parts)
{
    std::erase_if(parts, [](const Expression &part) { return part.isEmpty(); });
    if (parts.size() == 1)
        return parts[0];
    return Expression(combined(Kind::And, parts));
}

Expression Expression::any(std::vector<Expression> parts)
{
    if (parts.empty() || std::ranges::any_of(parts, &Expression::isEmpty))
        return {};
    if (parts.size() == 1)
        return parts[0];
    return Expression(combined(Kind::Or, parts));
}

bool Expression::isEmpty() const { return m_root->kind == Kind::And && m_root->children.empty(); }

std::string Expression::print() const { return printExpression(*m_root); }

std::optional<RequiredText> Expression::requiredText() const { return requiredTextOf(*m_root); }

std::vector<TextRange> Expression::foundIn(std::string_view text, std::size_t maxPlaces) const
{
    std::vector<TextRange> places;
    collectPlaces(*m_root, text, maxPlaces, places);
    std::ranges::sort(places, {}, [](const TextRange &place) { return std::pair(place.at, ~place.size); });
    std::vector<TextRange> out;
    for (const TextRange &place : places) {
        if (out.empty() || place.at >= out.back().end())
            out.push_back(place);
        else
            out.back().size = std::max(out.back().end(), place.end()) - out.back().at;
    }
    return out;
}

} // namespace sluice
