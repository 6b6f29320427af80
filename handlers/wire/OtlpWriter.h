#pragma once

#include "base/Clock.h"
#include "base/Result.h"
#include "record/LogRecord.h"

#include <string>
#include <string_view>

namespace sluice {

/// Writes an ExportLogsServiceRequest of the OpenTelemetry protocol as JSON: one resource, a scope for each run of records of
/// one logger, and each record with time, severity, its merged message as body, and attributes named by the semantic
/// conventions (code.*, thread.*, process.pid, exception.stacktrace). Extra fields are attributes under their own names.
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
class OtlpWriter
{
public:
    /// Begins a request in `out`, which must stay. `serviceName`: the resource's service.name.
    void begin(std::string_view serviceName, std::string &out);

    /// Fails where the message cannot be made; nothing is added then. `observed`: when the record came here.
    Status add(const LogRecord &record, Nanoseconds observed);

    void end();

private:
    std::string *m_out = nullptr;
    std::string m_scope;
    std::string m_message;
    bool m_hasScope = false;
};

/// OpenTelemetry's severity number for a level: DEBUG 5, INFO 9, WARNING 13, ERROR 17, CRITICAL 21, and one more for each step
/// above, within four; levels below DEBUG are 1 (TRACE), and 0 or less is 0 (not said).
int otlpSeverity(int levelno);

} // namespace sluice
