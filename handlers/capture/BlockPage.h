#pragma once

#include "capture/CachedPage.h"

#include <atomic>
#include <memory>

namespace sluice {

/// A page of a Capture: its block is written by the capture, then sealed.
class BlockPage final : public CachedPage
{
public:
    /// The block's bytes are pinned in `cache` by the caller, until they are let go.
    BlockPage(std::shared_ptr<CaptureBlock> block, std::shared_ptr<PageCache> cache);

    std::uint32_t rowCount() const override { return m_rowCount.load(std::memory_order_acquire); }
    const PageSummary *summary() const override
    {
        return m_sealed.load(std::memory_order_acquire) ? &m_summary : nullptr;
    }

    /// Writer: shows readers all rows that the block has published.
    void publish(const CaptureBlock &block) { m_rowCount.store(block.rowCount(), std::memory_order_release); }
    /// Writer: no more rows will come.
    void seal(const CaptureBlock &block);

protected:
    Result<std::shared_ptr<const CaptureBlock>> read() const override;

private:
    std::atomic<std::uint32_t> m_rowCount{0};
    std::atomic<bool> m_sealed{false};
    PageSummary m_summary;
};

} // namespace sluice
