#include "capture/PageLoader.h"

#include <algorithm>

namespace sluice {

PageLoader::~PageLoader() { stop(); }

void PageLoader::request(std::shared_ptr<const CapturePage> page)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || page == m_current)
            return;
        std::erase(m_waiting, page);
        m_waiting.push_back(std::move(page));
        if (m_waiting.size() > maxWaiting)
            m_waiting.pop_front();
        if (!m_thread.joinable())
            m_thread = std::thread([this] { run(); });
    }
    m_changed.notify_one();
}

void PageLoader::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_waiting.clear();
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void PageLoader::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_stopping)
            return;
        m_current = std::move(m_waiting.back());
        m_waiting.pop_back();
        lock.unlock();
        // A page that cannot be loaded remembers why; whoever looks again finds out.
        (void)m_current->load();
        m_loaded();
        lock.lock();
        m_current.reset();
    }
}

} // namespace sluice
