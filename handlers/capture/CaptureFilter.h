#pragma once

#include "base/Clock.h"
#include "capture/Severity.h"
#include "filter/Expression.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// Which records a view shows: those that pass all of it. A plain value; empty it lets all through.
///
/// Texts are filter expressions (filter/Expression.h), UTF-8. One that is none, as long as a person still types
/// it, is looked for as it stands.
struct CaptureFilter
{
    /// One of a stack of expressions, each of which can be turned off.
    struct Part
    {
        std::string text;
        bool on = true;
        /// It hides nothing: what it describes is shown whatever else says no; all but the range of time.
        bool always = false;

        bool operator==(const Part &) const = default;
    };

    SeveritySet levels;
    std::string text;
    std::vector<Part> expressions;
    /// Shown are records of these loggers and their children; of all, if there is none.
    std::vector<std::string> loggers;
    /// Numbers in the capture's SourceNames. Shown are records of `sources`, or of all, if there is none, without
    /// those of `mutedSources`.
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> mutedSources;
    /// From the first moment on, and before the last.
    std::optional<Nanoseconds> from;
    std::optional<Nanoseconds> until;

    bool isEmpty() const;
    bool operator==(const CaptureFilter &) const = default;

    /// `text` and the parts that are on, as one expression.
    Expression expression() const;
    /// What is always shown; none if there is nothing that is.
    std::optional<Expression> alwaysExpression() const;
};

/// What a text means that a person typed: an expression, or, if it is none, the text itself.
Expression expressionFrom(const std::string &text);

} // namespace sluice
