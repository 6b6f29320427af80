#pragma once

#include "handler/RecordingHandler.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace sluice::test {

/// Handles nothing before it is let go, as for a peer that does not answer. Any thread.
class GatedHandler : public RecordingHandler
{
public:
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_opened.notify_all();
    }
    /// Whether a record has come to it.
    bool isReached() const { return m_isReached; }

protected:
    Status emit(const LogRecord &record) override
    {
        m_isReached = true;
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, [this] { return m_isOpen; });
        lock.unlock();
        return RecordingHandler::emit(record);
    }

private:
    std::atomic<bool> m_isReached = false;
    std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_isOpen = false;
};

} // namespace sluice::test
