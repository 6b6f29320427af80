#pragma once

#include "handler/Handler.h"

namespace sluice {

/// Does nothing with its records, and formats nothing.
/// https://docs.python.org/3/library/logging.handlers.html#nullhandler
class NullHandler : public Handler
{
protected:
    Status emit(const LogRecord &) override { return {}; }
    void emitBatch(RecordSpan) override {}
};

} // namespace sluice
