#include "receiver/FrameDecodingThread.h"

#include <utility>

namespace sluice {

namespace {

/// Enough for both threads to be busy; what waits should not leave the processor's cache.
constexpr std::size_t maxRuns = 4;

} // namespace

FrameDecodingThread::FrameDecodingThread(std::size_t maxFrameBytes)
    : FrameWorkshop(maxFrameBytes), m_thread([this] { work(); })
{
}

FrameDecodingThread::~FrameDecodingThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_news.notify_one();
    m_thread.join();
}

bool FrameDecodingThread::decode(FrameRun run)
{
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, [this] { return m_refused || m_runs.size() < maxRuns; });
    if (m_refused)
        return false;
    m_runs.push_back(std::move(run));
    lock.unlock();
    m_news.notify_one();
    return true;
}

void FrameDecodingThread::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_news.wait(lock, [this] { return m_ending || !m_runs.empty(); });
        if (m_runs.empty())
            return;
        FrameRun run = std::move(m_runs.front());
        m_runs.pop_front();
        lock.unlock();
        m_room.notify_one();
        const bool taken = decodeNow(run);
        run = {};
        lock.lock();
        if (!taken) {
            m_refused = true;
            m_runs.clear();
            m_room.notify_all();
        }
    }
}

} // namespace sluice
