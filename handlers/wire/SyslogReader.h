#pragma once

#include "base/Clock.h"
#include "record/LogRecordBatch.h"
#include "wire/SyslogTime.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Makes records of syslog messages as programs and devices really send them: RFC 5424 with structured data, RFC
/// 3164 in its many shapes, and what Python's SysLogHandler sends. Whatever comes is a record: what is not understood
/// stays in the text, and a text is never lost to a bad date or encoding.
///
/// - levelno and levelname: of the severity, as SysLogHandler maps levels the other way (emerg, alert and crit are
///   CRITICAL, notice is INFO). Both numbers of the PRI stand by Python's names in the extra fields `facility` and
///   `severity`. A message without PRI is INFO and has neither.
/// - name: APP-NAME, or the tag; else "root". Without a date only a tag with a process in brackets counts as one, since
///   "Error: disk full" is what the program had to say.
/// - created: the message's time, else the time of receipt.
/// - process: PROCID or the tag's brackets, if that is a number; else the extra field `procid`.
/// - further extra fields: `hostname`, `msgid`, `structured_data` (SD-ID → PARAM-NAME → text, or a list of texts where a
///   name stands more than once), `timestamp` (of an RFC 5424 header whose date is none). The parameters of an element
///   "extra" or "extra@…" are extra fields themselves, unless their names are taken.
/// - msg: the text, without byte order mark. Bytes that are no UTF-8 are read as Latin-1, one by one.
///
/// https://www.rfc-editor.org/rfc/rfc5424 https://www.rfc-editor.org/rfc/rfc3164
/// https://docs.python.org/3/library/logging.handlers.html#sysloghandler
///
/// Not thread-safe; keeps its memory between messages.
class SyslogReader
{
public:
    /// Adds the record to the batch. `message`: without framing; NULs and a line feed at its end are no text. The
    /// record's text points into it, so the caller keeps it alive with the batch. False if it is empty: there is
    /// no record then.
    bool read(std::string_view message, LogRecordBatch &batch, Nanoseconds received);

private:
    struct Header;

    bool readRfc5424(std::string_view text, Header &header, Arena &arena, Nanoseconds received);
    bool readStructuredData(std::string_view text, std::size_t &at, Arena &arena);
    bool readElement(std::string_view text, std::size_t &at, Arena &arena);
    void readRfc3164(std::string_view text, Header &header, Nanoseconds received);
    std::string_view unescaped(std::string_view value, Arena &arena);
    /// The parameters from `first` on, with those of one name put together.
    Value paramsFrom(std::size_t first, Arena &arena);
    void addExtra(std::string_view key, Value value);
    void addStructuredData(Arena &arena);

    SyslogTime m_time;
    std::vector<Field> m_extra;
    std::vector<Field> m_elements;
    std::vector<Field> m_params;
    std::string m_scratch;
};

/// The names that Python's SysLogHandler has for a message's severity (0 to 7) and facility (0 to 23).
std::string_view syslogSeverityName(int severity);
std::string_view syslogFacilityName(int facility);

} // namespace sluice
