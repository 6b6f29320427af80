#pragma once

#include "base/Clock.h"
#include "capture/Severity.h"

#include <array>
#include <cstdint>
#include <vector>

namespace sluice {

class CaptureBlock;

/// What is known of the rows of a page without looking at them: enough to count them, and to leave out pages
/// that a filter cannot want.
struct PageSummary
{
    struct LoggerCount
    {
        std::uint32_t logger = 0; ///< in LoggerNames, or LoggerNames::other
        std::uint32_t rows = 0;
    };
    struct SourceCount
    {
        std::uint32_t source = 0; ///< in SourceNames, or SourceNames::other
        std::uint32_t rows = 0;
        std::uint32_t errors = 0;
        Nanoseconds lastSeen = 0;
    };

    Nanoseconds minCreated = 0;
    Nanoseconds maxCreated = 0;
    std::array<std::uint32_t, severityCount> severities{};
    std::vector<LoggerCount> loggers; ///< ascending
    std::vector<SourceCount> sources; ///< ascending

    std::uint32_t errors() const
    {
        return severities[std::size_t(Severity::Error)] + severities[std::size_t(Severity::Critical)];
    }

    /// Looks at every row in [`from`, `to`); at every published one.
    static PageSummary of(const CaptureBlock &block, std::uint32_t from, std::uint32_t to);
    static PageSummary of(const CaptureBlock &block);
};

} // namespace sluice
