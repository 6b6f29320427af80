#pragma once

#include "handler/ConsoleSink.h"
#include "handler/Handler.h"

#include <memory>

namespace sluice {

/// Shows its records in the console: the window's views, or the terminal where there is no window. A handler
/// like any other. Without a sink it does nothing with them.
class ConsoleHandler : public Handler
{
public:
    explicit ConsoleHandler(std::shared_ptr<ConsoleSink> sink) : m_sink(std::move(sink)) {}

protected:
    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

private:
    std::shared_ptr<ConsoleSink> m_sink;
};

} // namespace sluice
