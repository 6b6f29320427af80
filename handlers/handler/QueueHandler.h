#pragma once

#include "handler/Handler.h"
#include "handler/RecordQueue.h"

#include <memory>
#include <string>

namespace sluice {

class QueueListener;

/// Puts records into a queue, so that who logs does not wait for those who write.
/// https://docs.python.org/3/library/logging.handlers.html#queuehandler
class QueueHandler : public Handler
{
public:
    /// By default a full queue is an error of the record, as with Python's put_nowait.
    explicit QueueHandler(std::shared_ptr<RecordQueue> queue, WhenFull whenFull = WhenFull::DropNewest);
    ~QueueHandler() override;

    const std::shared_ptr<RecordQueue> &queue() const { return m_queue; }

    /// The listener that empties the queue, if the handler was configured with one. Whoever does so starts and
    /// stops it. Not while records are handled by another thread.
    void setListener(std::shared_ptr<QueueListener> listener);
    const std::shared_ptr<QueueListener> &listener() const { return m_listener; }

    std::size_t pending() const override { return m_queue->pending(); }

protected:
    /// Makes of `record`, a shallow copy of what came, what goes into the queue: the text as formatted becomes
    /// its msg; args, exc_info, exc_text and stack_info, which are in that text, become None. Text that is made
    /// goes into `arena`.
    virtual Status prepare(LogRecord &record, Arena &arena);

    /// Puts prepared records into the queue. They are valid during the call.
    virtual void enqueue(RecordSpan records);

    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

private:
    const std::shared_ptr<RecordQueue> m_queue;
    const WhenFull m_whenFull;
    std::shared_ptr<QueueListener> m_listener;
    LogRecordBatch m_prepared;
    std::vector<const LogRecord *> m_pointers;
    std::string m_text;
};

} // namespace sluice
