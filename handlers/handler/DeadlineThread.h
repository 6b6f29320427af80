#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace sluice {

/// Calls a function once when a moment has come, on a thread of its own that is started when first needed.
class DeadlineThread
{
public:
    using Clock = std::chrono::steady_clock;

    explicit DeadlineThread(std::function<void()> due) : m_due(std::move(due)) {}
    ~DeadlineThread() { stop(); }

    /// Calls at `when`, instead of what was set before.
    void set(Clock::time_point when)
    {
        const std::lock_guard guard(m_mutex);
        m_when = when;
        if (!m_thread.joinable())
            m_thread = std::thread(&DeadlineThread::run, this, m_runs);
        m_changed.notify_all();
    }

    /// Waits for a call that is under way; none comes after. Not from the function, nor with a lock that it takes. set()
    /// begins again.
    void stop()
    {
        std::thread thread;
        {
            const std::lock_guard guard(m_mutex);
            ++m_runs;
            m_when.reset();
            thread = std::move(m_thread);
            m_changed.notify_all();
        }
        if (thread.joinable())
            thread.join();
    }

private:
    /// Until stop(). A set() that comes while stop() waits has a thread of its own.
    void run(unsigned number)
    {
        std::unique_lock guard(m_mutex);
        while (number == m_runs) {
            if (!m_when) {
                m_changed.wait(guard);
            } else if (Clock::now() < *m_when) {
                m_changed.wait_until(guard, Clock::time_point(*m_when));
            } else {
                m_when.reset();
                guard.unlock();
                m_due();
                guard.lock();
            }
        }
    }

    const std::function<void()> m_due;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Clock::time_point> m_when;
    unsigned m_runs = 0;
    std::thread m_thread;
};

} // namespace sluice
