#pragma once

#include "handler/Handler.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace sluice {

/// Keeps copies of records, and flushes when there are enough.
/// https://docs.python.org/3/library/logging.handlers.html#bufferinghandler
///
/// A record that is kept is pending for whoever tracks it, until flush() passes it on or it is reported as
/// dropped.
class BufferingHandler : public Handler
{
public:
    explicit BufferingHandler(std::size_t capacity) : m_capacity(capacity) {}
    ~BufferingHandler() override;

    /// Forgets the records, which is what Python's does; they are reported as dropped. Implement this to do
    /// better.
    void flush() override;
    /// Flushes; what is left is reported as dropped.
    void close() override;

    /// Takes the buffer of one of its own kind.
    void takeOver(Handler &before) override;

    std::size_t pending() const override { return m_pending.load(std::memory_order_relaxed); }

protected:
    Status emit(const LogRecord &record) override;

    /// Whether to flush, now that `record` has been added. The default: at capacity.
    virtual bool shouldFlush(const LogRecord &record) const;

    std::size_t capacity() const { return m_capacity; }
    const LogRecordBatch &buffer() const { return *m_buffer; }

    /// The records have been passed on: forgets them.
    void releaseBuffer();
    /// Reports every record that is left as dropped, and forgets them.
    void dropBuffer(std::string_view reason);

private:
    const std::size_t m_capacity;
    std::unique_ptr<LogRecordBatch> m_buffer = std::make_unique<LogRecordBatch>(); ///< never null
    std::atomic<std::size_t> m_pending{0}; ///< size of the buffer, for those who do not hold the lock
};

} // namespace sluice
