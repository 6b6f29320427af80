#pragma once

#include "handler/BufferingHandler.h"
#include "record/Level.h"

#include <memory>
#include <vector>

namespace sluice {

/// Keeps records, and passes them to a target when there are enough or one is severe.
/// https://docs.python.org/3/library/logging.handlers.html#memoryhandler
///
/// The target's level is not asked, as in Python. Without a target the buffer grows.
class MemoryHandler : public BufferingHandler
{
public:
    explicit MemoryHandler(std::size_t capacity, int flushLevel = level::Error,
                           std::shared_ptr<Handler> target = nullptr, bool flushOnClose = true);

    void setTarget(std::shared_ptr<Handler> target);

    /// Passes the records on, if there is a target.
    void flush() override;
    /// Flushes if `flushOnClose`, and lets go of the target. Records that are left are reported as dropped.
    void close() override;

protected:
    bool shouldFlush(const LogRecord &record) const override;

private:
    const int m_flushLevel;
    const bool m_flushOnClose;
    std::shared_ptr<Handler> m_target;
    std::vector<const LogRecord *> m_passing;
};

} // namespace sluice
