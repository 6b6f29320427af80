#pragma once

#include "base/Result.h"
#include "text/LineHead.h"
#include "text/TimeParts.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A strptime format, as Python's `datefmt` has it, read once. Immutable.
/// %Y %m %d %H %M %S %f %z %Z %b %B %a %A %y %I %p %j %e %T %D %F %R %s %% and whatever else stands for itself.
/// https://docs.python.org/3/library/datetime.html#strftime-and-strptime-format-codes
class TimePattern
{
public:
    /// Fails on what is no directive, or cannot be read back (%c, %x, %X, which depend on a locale, and weeks).
    static Result<TimePattern> create(std::string_view format);

    /// Reads from the beginning of `text`: bytes taken, 0 if it does not match. %s (seconds of the epoch) gives a time in
    /// UTC.
    std::size_t read(std::string_view text, TimeParts &parts) const;

    /// Adds what can be said of the first bytes; false if bytes behind cannot be told any more.
    bool addTo(LineHead &head) const;

    bool hasDate() const { return m_hasDate; }
    /// It ends in seconds, so that milliseconds may follow as Python writes them without a datefmt.
    bool hasFraction() const { return m_hasFraction; }

private:
    struct Step
    {
        char directive = 0; ///< 0: `literal`
        char literal = 0;
        bool isPadded = true; ///< with zeros, to its full width
    };

    Status add(std::string_view format);
    static std::size_t readStep(char directive, std::string_view text, TimeParts &parts, bool &isAfternoon, bool &isTwelve);

    std::vector<Step> m_steps;
    bool m_hasDate = false;
    bool m_hasFraction = false;
};

} // namespace sluice
