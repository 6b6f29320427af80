#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// A line of the reference of the expression language.
struct ExpressionTopic
{
    std::string_view examples; ///< separated by two spaces
    std::string_view meaning;
};

/// The language, in the order in which people meet it.
std::span<const ExpressionTopic> expressionTopics();

/// The reference for a terminal, and as a Markdown table.
std::string expressionReference();
std::string expressionReferenceMarkdown();

} // namespace sluice
