#include "handler/QueueListener.h"

#include <algorithm>
#include <iterator>

namespace sluice {

QueueListener::QueueListener(std::shared_ptr<RecordQueue> queue, std::vector<std::shared_ptr<Handler>> handlers,
                             bool respectHandlerLevel)
    : m_queue(std::move(queue)), m_handlers(std::move(handlers)), m_respectHandlerLevel(respectHandlerLevel)
{
}

QueueListener::~QueueListener() { stop(); }

Status QueueListener::start()
{
    if (m_thread.joinable())
        return Error{"The listener runs already."};
    m_thread = std::thread([this] { run(); });
    return {};
}

void QueueListener::stop()
{
    if (!m_thread.joinable())
        return;
    enqueueSentinel();
    m_thread.join();
}

void QueueListener::enqueueSentinel() { m_queue->putSentinel(); }

void QueueListener::run()
{
    const bool together =
        std::ranges::any_of(m_handlers, [](const auto &handler) { return handler->keepsTogether(); });
    while (std::unique_ptr<RecordQueue::Run> run = m_queue->take()) {
        const RecordSpan records = run->records();
        for (std::size_t first = 0; first < records.size();) {
            const std::size_t end = together ? run->groupEnd(first) : records.size();
            handle(records.subspan(first, end - first));
            first = end;
        }
        m_queue->giveBack(std::move(run));
    }
}

void QueueListener::handle(RecordSpan records)
{
    for (const std::shared_ptr<Handler> &handler : m_handlers) {
        RecordSpan wanted = records;
        if (m_respectHandlerLevel) {
            m_passed.clear();
            std::ranges::copy_if(records, std::back_inserter(m_passed), [&](const LogRecord *record) {
                return record->levelno >= handler->level();
            });
            wanted = m_passed;
        }
        if (!wanted.empty())
            handler->handle(wanted);
    }
}

} // namespace sluice
