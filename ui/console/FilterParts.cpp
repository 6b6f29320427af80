#include "console/FilterParts.h"

#include "filter/ExpressionPrinter.h"
#include "filter/ExpressionText.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

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

namespace {

std::optional<Expression> parsed(const std::string &text)
{
    const Result<Expression> expression = Expression::parse(text);
    return expression ? std::optional(*expression) : std::nullopt;
}

std::string levelsAsExpression(SeveritySet levels)
{
    constexpr std::array lowest{level::NotSet, level::Info, level::Warning, level::Error, level::Critical};
    constexpr int bands = static_cast<int>(lowest.size());
    std::string text;
    for (int first = 0; first < bands; ++first) {
        if (!levels.contains(static_cast<Severity>(first)))
            continue;
        int end = first + 1;
        while (end < bands && levels.contains(static_cast<Severity>(end)))
            ++end;
        const std::string from = "level >= " + levelName(lowest[static_cast<std::size_t>(first)]);
        const std::string until = end < bands ? "level < " + levelName(lowest[static_cast<std::size_t>(end)]) : std::string();
        text += text.empty() ? "" : " or ";
        text += first == 0 ? until : until.empty() ? from : '(' + from + " and " + until + ')';
        first = end;
    }
    return text.empty() ? "level < NOTSET" : text;
}

} // namespace

std::string asExpression(const CaptureFilter &filter)
{
    std::vector<Expression> all;
    if (!filter.levels.isAll()) {
        if (auto levels = parsed(levelsAsExpression(filter.levels)))
            all.push_back(std::move(*levels));
    }
    std::vector<Expression> loggers;
    for (const std::string &name : filter.loggers) {
        std::string text = "logger in ";
        expression::appendQuoted(name, text);
        if (auto logger = parsed(text))
            loggers.push_back(std::move(*logger));
    }
    if (!loggers.empty())
        all.push_back(Expression::any(std::move(loggers)));
    if (Expression typed = filter.expression(); !typed.isEmpty())
        all.push_back(std::move(typed));
    if (all.empty())
        return {};
    Expression whole = Expression::all(std::move(all));
    // What is always shown is among them, whatever the others hide.
    if (std::optional<Expression> always = filter.alwaysExpression())
        whole = Expression::any({std::move(whole), std::move(*always)});
    return whole.print();
}

void setLowest(CaptureFilter &filter, Severity lowest)
{
    for (int i = 0; i < severityCount; ++i)
        filter.levels.set(static_cast<Severity>(i), i >= static_cast<int>(lowest));
}

} // namespace sluice::filterparts
