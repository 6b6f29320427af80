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
           std::ranges::all_of(expressions, [&](const Part &part) { return !part.on || isBlank(part.text); });
}

Expression CaptureFilter::expression() const
{
    std::vector<Expression> parts;
    if (!text.empty())
        parts.push_back(expressionFrom(text));
    for (const Part &part : expressions) {
        if (part.on)
            parts.push_back(expressionFrom(part.text));
    }
    return Expression::all(std::move(parts));
}

} // namespace sluice
