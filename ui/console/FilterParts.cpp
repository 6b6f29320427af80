#include "console/FilterParts.h"

#include "filter/ExpressionPrinter.h"
#include "filter/ExpressionText.h"

#include <algorithm>

namespace sluice::filterparts {

std::string negated(const std::string &text)
{
    const Expression expression = expressionFrom(text);
    const ExpressionNode &root = expression.root();
    if (root.kind == ExpressionNode::Kind::Not)
        return printExpression(root.children.front());
    ExpressionNode denied;
    denied.kind = ExpressionNode::Kind::Not;
    denied.children.push_back(root);
    return printExpression(denied);
}

namespace {

/// 0, 42, -1.5, but not 007, which is a name for something.
bool isPlainNumber(std::string_view value)
{
    if (value.starts_with('-'))
        value.remove_prefix(1);
    const std::size_t digits = std::min(value.find('.'), value.size());
    const std::string_view whole = value.substr(0, digits);
    const std::string_view fraction = value.substr(std::min(digits + 1, value.size()));
    const bool isWhole = !whole.empty() && whole.size() < 16 && (whole == "0" || whole.front() != '0') &&
                         std::ranges::all_of(whole, expression::isDigit);
    return isWhole && (digits == value.size() ||
                       (!fraction.empty() && fraction.size() < 16 && std::ranges::all_of(fraction, expression::isDigit)));
}

} // namespace

std::string comparison(const ExpressionField &field, std::string_view op, std::string_view value)
{
    std::string text = field.print();
    text += ' ';
    text += op;
    text += ' ';
    if (isPlainNumber(value))
        text += value;
    else
        expression::appendQuoted(value, text);
    return text;
}

bool add(CaptureFilter &filter, const CaptureFilter::Part &part)
{
    for (CaptureFilter::Part &there : filter.expressions) {
        if (there.text == part.text && there.always == part.always) {
            there.on = part.on;
            return true;
        }
    }
    if (filter.expressions.size() >= maxParts)
        return false;
    filter.expressions.push_back(part);
    return true;
}

void setLowest(CaptureFilter &filter, Severity lowest)
{
    for (int i = 0; i < severityCount; ++i)
        filter.levels.set(static_cast<Severity>(i), i >= static_cast<int>(lowest));
}

} // namespace sluice::filterparts
