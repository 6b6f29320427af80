#include "capture/CaptureFilter.h"

#include <algorithm>

namespace sluice {

Expression expressionFrom(const std::string &text)
{
    Result<Expression> expression = Expression::parse(text);
    return expression ? std::move(*expression) : Expression::search(text);
}

bool CaptureFilter::isEmpty() const
{
    const auto isBlank = [](std::string_view typed) { return typed.find_first_not_of(" \t\r\n") == typed.npos; };
    return levels.isAll() && loggers.empty() && sources.empty() && mutedSources.empty() && !from && !until &&
           isBlank(text) &&
           std::ranges::all_of(expressions, [&](const Part &part) { return !part.on || part.always || isBlank(part.text); });
}

Expression CaptureFilter::expression() const
{
    std::vector<Expression> parts;
    if (!text.empty())
        parts.push_back(expressionFrom(text));
    for (const Part &part : expressions) {
        if (part.on && !part.always)
            parts.push_back(expressionFrom(part.text));
    }
    return Expression::all(std::move(parts));
}

std::optional<Expression> CaptureFilter::alwaysExpression() const
{
    std::vector<Expression> parts;
    for (const Part &part : expressions) {
        if (!part.on || !part.always)
            continue;
        // An empty one would show all.
        if (Expression expression = expressionFrom(part.text); !expression.isEmpty())
            parts.push_back(std::move(expression));
    }
    return parts.empty() ? std::nullopt : std::optional(Expression::any(std::move(parts)));
}

} // namespace sluice
