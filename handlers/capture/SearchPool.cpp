#include "capture/SearchPool.h"

namespace sluice {

SearchPool::SearchPool(unsigned threads)
{
    for (unsigned i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { run(); });
}

SearchPool::~SearchPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

std::shared_ptr<SearchPool> SearchPool::shared()
{
    static std::mutex mutex;
    static std::weak_ptr<SearchPool> kept;
    const std::lock_guard lock(mutex);
    std::shared_ptr<SearchPool> pool = kept.lock();
    if (!pool) {
        constexpr unsigned threads = 2;
        pool = std::make_shared<SearchPool>(threads);
        kept = pool;
    }
    return pool;
}

void SearchPool::wake(std::shared_ptr<SearchWork> work)
{
    {
        const std::lock_guard lock(m_mutex);
        work->m_isWoken = true;
        for (; work->m_turns < m_threads.size(); ++work->m_turns)
            m_waiting.push_back(work);
    }
    m_changed.notify_all();
}

void SearchPool::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_stopping)
            return;
        std::shared_ptr<SearchWork> work = std::move(m_waiting.front());
        m_waiting.pop_front();
        work->m_isWoken = false;
        lock.unlock();
        const bool isMore = work->doPiece();
        lock.lock();
        // It may have been woken just after it found nothing.
        if (isMore || work->m_isWoken) {
            m_waiting.push_back(std::move(work));
            continue;
        }
        --work->m_turns;
        lock.unlock();
        work.reset(); // its end may take time
        lock.lock();
    }
}

} // namespace sluice
