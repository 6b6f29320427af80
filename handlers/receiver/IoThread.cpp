#include "receiver/IoThread.h"

#include "base/CallQueue.h"

#include <QEventLoop>

#include <future>
#include <memory>

namespace sluice {

IoThread::IoThread()
{
    std::promise<void> started;
    m_thread = std::thread([this, &started] { run([&started] { started.set_value(); }); });
    started.get_future().wait();
}

IoThread::~IoThread()
{
    post([this] { m_loop->quit(); });
    m_thread.join();
}

void IoThread::run(std::function<void()> started)
{
    // Not on the stack: once a program has been started, the thread sanitizer takes all of a new thread's stack for written
    // by it, and sees no longer how it is handed over.
    const auto calls = std::make_unique<CallQueue>();
    const auto loop = std::make_unique<QEventLoop>();
    m_calls = calls.get();
    m_loop = loop.get();
    started();
    started = {};
    loop->exec();
}

void IoThread::post(std::function<void()> function) { m_calls->post(std::move(function)); }

void IoThread::call(const std::function<void()> &function)
{
    std::promise<void> done;
    post([&] {
        function();
        done.set_value();
    });
    done.get_future().wait();
}

} // namespace sluice
