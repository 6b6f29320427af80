#pragma once

#include <functional>
#include <memory>
#include <thread>

class QEventLoop;

namespace sluice {

class CallQueue;

/// A thread with an event loop, for sockets and timers. Each receiver that listens has its own, so that one
/// whose sink is full holds up no other. Public functions may be called from any other thread.
class IoThread
{
public:
    /// Returns when it runs.
    IoThread();
    /// Ends the loop and waits for the thread. What was posted before is still called.
    ~IoThread();
    IoThread(const IoThread &) = delete;
    IoThread &operator=(const IoThread &) = delete;

    /// Calls it on the thread, some time.
    void post(std::function<void()> function);
    /// Calls it on the thread and returns when it has returned.
    void call(const std::function<void()> &function);

private:
    void run(std::function<void()> started);

    CallQueue *m_calls = nullptr; ///< lives on the thread
    QEventLoop *m_loop = nullptr;
    std::thread m_thread;
};

} // namespace sluice
