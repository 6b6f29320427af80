#include "receiver/IoThread.h"

#include "base/CallQueue.h"

#include <QEventLoop>

#include <future>

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
    CallQueue calls;
    QEventLoop loop;
    m_calls = &calls;
    m_loop = &loop;
    started();
    started = {};
    loop.exec();
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
