#include "capture/BlockPage.h"

#include "capture/CaptureDamage.h"

namespace sluice {

BlockPage::BlockPage(std::shared_ptr<const CaptureBlock> block, std::shared_ptr<PageCache> cache,
                     std::shared_ptr<CaptureDamage> damage)
    : CachedPage(block->firstRow(), std::move(cache)), m_damage(std::move(damage)), m_pinned(block->capacity())
{
    this->cache().pin(block->capacity());
    hold(std::move(block));
}

BlockPage::BlockPage(std::uint64_t firstRow, FramePlace place, PageSummary summary,
                     std::shared_ptr<PageCache> cache, std::shared_ptr<CaptureDamage> damage)
    : CachedPage(firstRow, std::move(cache)), m_damage(std::move(damage)), m_rowCount(place.header.rowCount),
      m_sealed(true), m_summary(std::move(summary)), m_place(std::move(place))
{
}

BlockPage::~BlockPage() { release(); }

void BlockPage::seal(const CaptureBlock &block)
{
    publish(block);
    m_summary = PageSummary::of(block);
    m_sealed.store(true, std::memory_order_release);
}

void BlockPage::setStored(FramePlace place)
{
    {
        const std::lock_guard lock(m_placeMutex);
        m_place = std::move(place);
    }
    if (const std::size_t bytes = m_pinned.exchange(0)) {
        cache().unpin(bytes);
        letGo();
    }
}

bool BlockPage::lose(std::string why) const
{
    const std::size_t bytes = m_pinned.exchange(0);
    if (bytes == 0)
        return false;
    {
        const std::lock_guard lock(m_placeMutex);
        m_why = std::move(why);
    }
    m_lost.store(true);
    cache().unpin(bytes);
    drop();
    return true;
}

void BlockPage::release() const
{
    if (const std::size_t bytes = m_pinned.exchange(0))
        cache().unpin(bytes);
}

std::uint64_t BlockPage::segment() const
{
    const std::lock_guard lock(m_placeMutex);
    return m_place.segment ? m_place.segment->number : 0;
}

Result<std::shared_ptr<const CaptureBlock>> BlockPage::read() const
{
    FramePlace place;
    {
        const std::lock_guard lock(m_placeMutex);
        if (!m_place.segment)
            return Error{m_why.empty() ? "This record was in memory only." : m_why};
        place = m_place;
    }
    Result<std::string> payload = readPayload(place);
    Result<std::shared_ptr<const CaptureBlock>> block =
        payload ? makeBlock(std::move(*payload), place, firstRow()) : payload.error();
    if (!block) {
        m_damage->addRows(rowCount());
        m_damage->addPlace(place.segment->name + " is damaged at byte " + std::to_string(place.offset));
    }
    return block;
}

} // namespace sluice
