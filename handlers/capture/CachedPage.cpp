#include "capture/CachedPage.h"

namespace sluice {

CachedPage::~CachedPage() { m_cache->forget(*this); }

std::shared_ptr<const CaptureBlock> CachedPage::resident() const
{
    m_used.store(true, std::memory_order_relaxed);
    const std::lock_guard lock(m_mutex);
    return m_block;
}

Result<std::shared_ptr<const CaptureBlock>> CachedPage::load() const
{
    if (auto block = resident())
        return block;
    const std::lock_guard reading(m_readMutex);
    if (auto block = resident())
        return block;
    if (const auto failed = failure())
        return *failed;
    Result<std::shared_ptr<const CaptureBlock>> block = read();
    {
        const std::lock_guard lock(m_mutex);
        if (!block) {
            m_failure = std::make_unique<Error>(block.error());
            return block;
        }
        m_block = block.value();
    }
    m_cache->keep(*this, block.value()->capacity());
    return block;
}

std::optional<Error> CachedPage::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure ? std::optional(*m_failure) : std::nullopt;
}

void CachedPage::hold(std::shared_ptr<const CaptureBlock> block) const
{
    const std::lock_guard lock(m_mutex);
    m_block = std::move(block);
}

void CachedPage::letGo() const
{
    std::size_t bytes = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_block)
            return;
        bytes = m_block->capacity();
    }
    m_cache->keep(*this, bytes);
}

void CachedPage::drop() const
{
    std::shared_ptr<const CaptureBlock> gone;
    const std::lock_guard lock(m_mutex);
    gone.swap(m_block);
}

} // namespace sluice
