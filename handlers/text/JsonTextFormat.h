#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// JSON, one object a line: LogRecord dictionaries as Python's makeLogRecord takes them, and what others write (pino, bunyan,
/// zap, structlog, python-json-logger, logrus, slog, Logstash, Serilog, Docker's json-file, Google's and others). Keys that mean an
/// attribute set it, whatever their case; all others are extra fields, in order.
class JsonTextFormat final : public TextFormat
{
public:
    JsonTextFormat();

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
};

} // namespace sluice
