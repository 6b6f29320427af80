#pragma once

#include "capture/CaptureSnapshot.h"
#include "capture/Severity.h"
#include "capture/TextMatcher.h"

#include <string>
#include <vector>

namespace sluice {

/// Which records a view shows. A plain value; empty it lets all through.
struct CaptureFilter
{
    SeveritySet levels;
    /// Shown are records that have it in message, logger or exc_text, in any case. UTF-8.
    std::string text;
    /// Shown are records of these loggers and their children; of all, if there is none.
    std::vector<std::string> loggers;

    bool isEmpty() const { return levels.isAll() && text.empty() && loggers.empty(); }
    bool operator==(const CaptureFilter &) const = default;
};

/// A CaptureFilter made ready to ask it often. For one thread: it remembers what it found out about loggers.
class CaptureMatcher
{
public:
    explicit CaptureMatcher(CaptureFilter filter);

    bool matches(const CaptureSnapshot &snapshot, std::uint64_t row);

private:
    enum class Known : char { Unknown, Yes, No };

    bool matchesLogger(std::uint32_t number, std::string_view name);

    CaptureFilter m_filter;
    TextMatcher m_text;
    std::vector<Known> m_loggers;
};

} // namespace sluice
