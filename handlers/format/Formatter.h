#pragma once

#include "base/Result.h"
#include "record/LogRecord.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sluice {

/// Turns records into text, as Python's logging.Formatter does, to the byte: message, asctime, the format
/// in one of three styles, then exception text and stack information on lines of their own.
/// https://docs.python.org/3/library/logging.html#formatter-objects
///
/// Immutable once made, so that many handlers and threads may share one.
class Formatter
{
public:
    enum class Style { Percent, Brace, Dollar };

    struct Options
    {
        /// None, or empty: the style's default ("%(message)s").
        std::optional<std::string> format;
        std::optional<std::string> datefmt;
        Style style = Style::Percent;
        /// Refuse formats that name no field, as Python does.
        bool validate = true;
        /// For fields that a record lacks: name and text (Python 3.10 `defaults`).
        std::vector<std::pair<std::string, std::string>> defaults;
        /// Python's logging.Formatter.converter: UTC (time.gmtime) instead of local time.
        bool utc = false;
    };

    /// Checks and compiles the format; the sentences of errors are CPython's where it has one.
    static Result<std::shared_ptr<const Formatter>> create(const Options &options);

    /// The one that handlers use when none is set: "%(message)s".
    static const std::shared_ptr<const Formatter> &standard();

    virtual ~Formatter() = default;

    /// Appends the whole text of a record; on failure `out` is as it was.
    virtual Status format(const LogRecord &record, std::string &out) const = 0;

protected:
    Formatter();
};

/// Appends `str(msg) % args`, Python's LogRecord.getMessage(); on failure `out` is as it was.
Status appendMessage(const LogRecord &record, std::string &out);

} // namespace sluice
