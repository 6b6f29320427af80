#pragma once

#include "handler/QueueHandler.h"
#include "handler/QueueListener.h"

namespace sluice {

/// Stands in for a QueueHandler in a rehearsal: prepares records as it does, and hands them to the handlers behind it at once.
/// Whether its queue would have been full is a matter of time that no rehearsal knows.
class RehearsedQueueHandler final : public QueueHandler
{
public:
    RehearsedQueueHandler(const std::shared_ptr<RecordQueue> &queue, bool respectHandlerLevel) : QueueHandler(queue)
    {
        auto passer = std::make_shared<Passer>(queue, respectHandlerLevel);
        m_passer = passer.get();
        setListener(std::move(passer));
    }

protected:
    void enqueue(RecordSpan records) override { m_passer->pass(records); }

private:
    class Passer final : public QueueListener
    {
    public:
        Passer(const std::shared_ptr<RecordQueue> &queue, bool respectHandlerLevel) : QueueListener(queue, {}, respectHandlerLevel) {}
        void pass(RecordSpan records) { handle(records); }
    };

    Passer *m_passer; ///< the listener
};

} // namespace sluice
