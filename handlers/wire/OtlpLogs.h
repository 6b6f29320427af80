#pragma once

#include "base/Arena.h"
#include "base/Result.h"
#include "record/Value.h"
#include "wire/UniqueKeys.h"

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace sluice {

/// Makes LogRecord dictionaries, as RecordBuilder takes them, of an ExportLogsServiceRequest of OTLP in its JSON form.
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp and
/// https://opentelemetry.io/docs/specs/otel/logs/data-model/
///
/// body is msg; the scope's name is the logger's, else the resource's service.name; severityNumber and severityText are the
/// level, in Python's numbers and names; timeUnixNano, else observedTimeUnixNano, is created. Attributes that
/// OpenTelemetry has names for become Python's (code.file.path is pathname, exception.stacktrace is exc_text, ...), those
/// that bear the name of one of Python's attributes are it, and all others are extra fields, and so are the resource's.
/// traceId and spanId are the fields trace_id and span_id. Keeps its memory between requests. Not thread-safe.
class OtlpLogs
{
public:
    /// A record, or a resource, with more attributes is refused.
    static constexpr std::size_t maxFields = 256;
    /// Fields of all records of a request, which all have those of their resource.
    static constexpr std::size_t maxFieldsOfAll = 1'000'000;

    /// Takes a dictionary, or why there is none; false stops.
    using TakeRecord = std::function<bool(const Result<Value> &dict)>;

    /// Calls `record` for each log record in order. Text is shared with `request`, the rest lives in `arena`. Fails
    /// if it is no such request; what is missing in it is simply not there.
    Status read(const Value &request, Arena &arena, const TakeRecord &record);

private:
    bool readScope(const Value &scopeLogs, Arena &arena, const TakeRecord &record);
    Result<Value> dictOf(const Value &logRecord, const Value &scopeName, Arena &arena);
    void addException(Arena &arena);
    void addLevel(const Value &logRecord);
    bool addAttributes(const Value &attributes, Arena &arena);
    void add(std::string_view key, Value value);
    const Field *find(std::string_view key) const;
    Value plainValue(const Value &any, Arena &arena);
    Value plainDict(const Value &keyValues, Arena &arena);

    std::vector<Field> m_fields;   ///< of the record under construction, or of the resource
    std::vector<Field> m_resource; ///< the attributes of the resource
    std::size_t m_made = 0;        ///< fields of all records
    UniqueKeys m_keys;
};

} // namespace sluice
