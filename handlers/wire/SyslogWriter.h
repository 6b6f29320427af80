#pragma once

#include "base/Result.h"
#include "record/LogRecord.h"

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// Facilities and priorities of syslog by Python's names, which are syslog.h's in small letters ("local0", "err").
/// https://docs.python.org/3/library/logging.handlers.html#sysloghandler
namespace syslog {

std::optional<int> facilityNumber(std::string_view name);
/// "user" for 1; empty for a number that has no name.
std::string_view facilityName(int number);
std::optional<int> priorityNumber(std::string_view name);

} // namespace syslog

/// Writes syslog messages: as Python's SysLogHandler does, or as RFC 3164 or RFC 5424 say, in the framing that a wire
/// wants (RFC 6587). Keeps its memory between messages. Not thread-safe.
class SyslogWriter
{
public:
    enum class Format {
        Python,  ///< "<PRI>" and the text
        Rfc3164, ///< "<PRI>Oct  5 22:14:15 HOST TAG[PID]: " and the text; local time
        Rfc5424, ///< "<PRI>1 2003-10-11T22:14:15.003000Z HOST APP-NAME PROCID MSGID SD " and the text; UTC
    };
    enum class Framing {
        None,
        OctetCounted, ///< RFC 6587 3.4.1, as RFC 5425 wants it for TLS
        Newline,      ///< RFC 6587 3.4.2; line ends within a message are written as "#012", as rsyslog does
    };

    struct Options
    {
        Format format = Format::Python;
        Framing framing = Framing::None;
        /// Behind a message of Python's format that has no framing.
        bool appendNul = true;
        std::string hostname; ///< HOSTNAME; empty: "-"
        std::string appName;  ///< APP-NAME, TAG; empty: the first part of the logger's name
        /// MSGID; empty: the logger's name.
        std::string msgId;
        /// A private enterprise number. With it a record's extra fields go into an SD-ELEMENT "extra@NUMBER"; empty: they
        /// are left out.
        std::string enterpriseId;
    };

    explicit SyslogWriter(Options options) : m_options(std::move(options)) {}

    /// Appends one message, framed. `priority`: facility * 8 + severity. `text`: what the handler's formatter made of the
    /// record, any ident in front. Fails, appending nothing, where Python does: a lone surrogate in Python's format. The
    /// RFC's formats have U+FFFD in its place.
    Status write(int priority, const LogRecord &record, std::string_view text, std::string &out);

private:
    void header3164(const LogRecord &record);
    void header5424(const LogRecord &record);
    void structuredData(const LogRecord &record);
    void field(std::string_view text, std::size_t most);
    std::string_view appName(const LogRecord &record) const;
    void appendText(std::string_view text);
    void escapeLines();

    const Options m_options;
    std::string m_message;
    std::string m_value;
    std::int64_t m_timeSecond = -1;
    std::string m_time;
};

} // namespace sluice
