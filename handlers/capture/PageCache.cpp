#include "capture/PageCache.h"

#include "capture/CachedPage.h"

namespace sluice {

std::size_t PageCache::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_pinned + m_kept;
}

std::size_t PageCache::pinned() const
{
    const std::lock_guard lock(m_mutex);
    return m_pinned;
}

void PageCache::pin(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_pinned += bytes;
    makeRoom();
}

void PageCache::unpin(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_pinned -= bytes;
}

void PageCache::keep(const CachedPage &page, std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    if (page.m_isListed)
        return;
    page.m_isListed = true;
    page.m_listedBytes = bytes;
    page.m_place = m_pages.insert(m_pages.end(), &page);
    m_kept += bytes;
    makeRoom();
}

void PageCache::forget(const CachedPage &page)
{
    const std::lock_guard lock(m_mutex);
    if (!page.m_isListed)
        return;
    page.m_isListed = false;
    m_kept -= page.m_listedBytes;
    m_pages.erase(page.m_place);
}

void PageCache::makeRoom()
{
    // The last few stay whatever the budget: somebody is about to read them. A page that was used since it was
    // looked at last goes to the end once more.
    std::size_t looksLeft = 2 * m_pages.size();
    while (m_pages.size() > alwaysKept && m_pinned + m_kept > m_budget && looksLeft-- > 0) {
        const CachedPage &page = *m_pages.front();
        if (page.m_used.exchange(false, std::memory_order_relaxed)) {
            m_pages.splice(m_pages.end(), m_pages, m_pages.begin());
            continue;
        }
        page.m_isListed = false;
        m_kept -= page.m_listedBytes;
        m_pages.pop_front();
        page.drop();
    }
}

} // namespace sluice
