#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>

namespace sluice {

/// Calls functions on the thread it lives on, in the order posted. The functions are handed over under a
/// std::mutex and Qt carries the wake-up alone, so that the thread sanitizer can follow them.
class CallQueue : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Any thread, while this object lives.
    void post(std::function<void()> function)
    {
        const std::lock_guard lock(m_mutex);
        m_functions.push_back(std::move(function));
        // Under the lock, so that Qt's own event too is seen to be made before it is taken.
        QMetaObject::invokeMethod(this, "callNext", Qt::QueuedConnection);
    }

private:
    Q_INVOKABLE void callNext()
    {
        std::unique_lock lock(m_mutex);
        if (m_functions.empty())
            return;
        const std::function<void()> function = std::move(m_functions.front());
        m_functions.pop_front();
        lock.unlock();
        function();
    }

    std::mutex m_mutex;
    std::deque<std::function<void()>> m_functions;
};

} // namespace sluice
