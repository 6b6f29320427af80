#include "capture/BlockPage.h"

namespace sluice {

BlockPage::BlockPage(std::shared_ptr<CaptureBlock> block, std::shared_ptr<PageCache> cache)
    : CachedPage(block->firstRow(), std::move(cache))
{
    hold(std::move(block));
}

void BlockPage::seal(const CaptureBlock &block)
{
    publish(block);
    m_summary = PageSummary::of(block);
    m_sealed.store(true, std::memory_order_release);
}

Result<std::shared_ptr<const CaptureBlock>> BlockPage::read() const
{
    return Error{"These records were in memory only."};
}

} // namespace sluice
