#include "filter/ExpressionRequirement.h"

#include <algorithm>

namespace sluice {

namespace {

using Kind = ExpressionNode::Kind;
using Op = ExpressionOperator;
using Requirement = std::optional<RequiredText>;

/// More of them are slower to look for than records are to read.
constexpr std::size_t maxLiterals = 4;

std::size_t shortest(const RequiredText &required)
{
    std::size_t size = SIZE_MAX;
    for (const auto &literal : required.literals)
        size = std::min(size, literal->needle().size());
    return size;
}

bool isBetter(const RequiredText &a, const RequiredText &b)
{
    if (a.literals.size() != b.literals.size())
        return a.literals.size() < b.literals.size();
    return shortest(a) > shortest(b);
}

Requirement oneOf(const Requirement &a, const Requirement &b)
{
    if (!a || !b || a->literals.size() + b->literals.size() > maxLiterals)
        return std::nullopt;
    RequiredText both = *a;
    both.literals.insert(both.literals.end(), b->literals.begin(), b->literals.end());
    both.orInLogger = a->orInLogger || b->orInLogger;
    both.inText = a->inText && b->inText;
    return both;
}

Requirement ofSearcher(std::shared_ptr<const TextSearcher> searcher)
{
    if (!searcher || searcher->isEmpty())
        return std::nullopt;
    return RequiredText{{std::move(searcher)}, false, true};
}

Requirement ofPattern(const ExpressionPattern &pattern)
{
    RequiredText required;
    for (const std::string &literal : pattern.regex->literals())
        required.literals.push_back(std::make_shared<TextSearcher>(literal, TextSearcher::Case::Any));
    return required.literals.empty() ? std::nullopt : Requirement(std::move(required));
}

/// What a number, a truth value or None may be written with is not kept as text.
bool canOnlyBeText(std::string_view needle)
{
    return needle.find_first_not_of("+-.0123456789aefilnrstuoEFINTU") != needle.npos;
}

Requirement ofItem(const ExpressionItem &item, Op op)
{
    if (item.last)
        return std::nullopt;
    if (const auto *pattern = std::get_if<ExpressionPattern>(&item.first))
        return ofPattern(*pattern);
    const auto *text = std::get_if<std::string>(&item.first);
    if (!text)
        return std::nullopt;
    if (op == Op::Equal || op == Op::In)
        return ofSearcher(std::make_shared<TextSearcher>(*text, TextSearcher::Case::Exact));
    return ofSearcher(item.searcher);
}

Requirement ofComparison(const ExpressionNode &node)
{
    using FieldKind = ExpressionField::Kind;
    switch (node.op) {
    case Op::Equal:
    case Op::Matches:
    case Op::Contains:
    case Op::StartsWith:
    case Op::EndsWith:
    case Op::In:
        break;
    default:
        return std::nullopt;
    }
    const bool inText = node.field.kind == FieldKind::Message || node.field.kind == FieldKind::Text;
    if (!inText && node.field.kind != FieldKind::Extra)
        return std::nullopt;
    Requirement required = ofItem(node.items[0], node.op);
    for (std::size_t i = 1; i < node.items.size(); ++i)
        required = oneOf(required, ofItem(node.items[i], node.op));
    if (!required || inText)
        return required;
    if (!std::ranges::all_of(required->literals, [](const auto &literal) { return canOnlyBeText(literal->needle()); }))
        return std::nullopt;
    required->inText = false;
    return required;
}

} // namespace

std::optional<RequiredText> requiredTextOf(const ExpressionNode &node)
{
    Requirement required;
    switch (node.kind) {
    case Kind::And:
        for (const ExpressionNode &child : node.children) {
            const Requirement ofChild = requiredTextOf(child);
            if (ofChild && (!required || isBetter(*ofChild, *required)))
                required = ofChild;
        }
        return required;
    case Kind::Or:
        required = requiredTextOf(node.children[0]);
        for (std::size_t i = 1; i < node.children.size() && required; ++i)
            required = oneOf(required, requiredTextOf(node.children[i]));
        return required;
    case Kind::Not:
        return std::nullopt;
    case Kind::Text:
        required = ofSearcher(node.items[0].searcher);
        break;
    case Kind::Regex:
        required = ofPattern(std::get<ExpressionPattern>(node.items[0].first));
        break;
    case Kind::Compare:
        return ofComparison(node);
    }
    if (required)
        required->orInLogger = true;
    return required;
}

} // namespace sluice
