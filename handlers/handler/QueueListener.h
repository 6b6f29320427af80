#pragma once

#include "handler/Handler.h"
#include "handler/RecordQueue.h"

#include <memory>
#include <thread>
#include <vector>

namespace sluice {

/// Takes records from a queue, on a thread of its own, and gives them to handlers.
/// https://docs.python.org/3/library/logging.handlers.html#queuelistener
///
/// start(), stop() and setHandlers() are for one thread at a time.
class QueueListener
{
public:
    /// With `respectHandlerLevel` a handler gets only what is not below its level; else all.
    explicit QueueListener(std::shared_ptr<RecordQueue> queue,
                           std::vector<std::shared_ptr<Handler>> handlers = {},
                           bool respectHandlerLevel = false);
    /// Stops; a subclass that overrides handle() stops in its own destructor.
    virtual ~QueueListener();
    QueueListener(const QueueListener &) = delete;
    QueueListener &operator=(const QueueListener &) = delete;

    /// Not while it runs.
    void setHandlers(std::vector<std::shared_ptr<Handler>> handlers) { m_handlers = std::move(handlers); }
    const std::vector<std::shared_ptr<Handler>> &handlers() const { return m_handlers; }

    /// Fails if it runs already.
    Status start();
    /// Returns when all that was in the queue has been handled. Harmless when not started.
    void stop();

protected:
    /// Gives records to the handlers; each handler gets all of them before the next gets the first. Called on
    /// the listener's thread.
    virtual void handle(RecordSpan records);

    /// Puts into the queue what ends the thread when it comes to it.
    virtual void enqueueSentinel();

private:
    void run();

    const std::shared_ptr<RecordQueue> m_queue;
    std::vector<std::shared_ptr<Handler>> m_handlers;
    const bool m_respectHandlerLevel;
    std::vector<const LogRecord *> m_passed;
    std::thread m_thread;
};

} // namespace sluice
