#pragma once

#include "filter/ExpressionField.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

/// What is being typed at the end of an expression that may not be finished.
struct ExpressionCaret
{
    enum class Expects : std::uint8_t {
        Nothing,     ///< within a phrase or a pattern
        Term,        ///< a field, or a text
        TermOrJoint, ///< the same, or `and` and `or`, since a term stands before
        Joint,
        Operator, ///< of `field`
        Value,    ///< for `field`
    };

    Expects expects = Expects::Term;
    std::size_t begin = 0; ///< of what has been typed of it
    bool quoted = false;   ///< a value that began with a quote
    std::optional<ExpressionField> field;

    /// `text`: up to the caret.
    static ExpressionCaret at(std::string_view text);
};

} // namespace sluice
