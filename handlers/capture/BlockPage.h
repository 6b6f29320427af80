#pragma once

#include "capture/CachedPage.h"
#include "capture/FrameReader.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace sluice {

class CaptureDamage;

/// A page of a capture. It begins as the block that the capture writes, pinned in memory; it is sealed; once it
/// stands in a file its block may leave memory. Or it begins as what was found in a file.
class BlockPage final : public CachedPage
{
public:
    /// Its block is still to be written to, or (with a summary) complete.
    BlockPage(std::shared_ptr<const CaptureBlock> block, std::shared_ptr<PageCache> cache,
              std::shared_ptr<CaptureDamage> damage);
    /// A page that stands in a file.
    BlockPage(std::uint64_t firstRow, FramePlace place, PageSummary summary, std::shared_ptr<PageCache> cache,
              std::shared_ptr<CaptureDamage> damage);
    ~BlockPage() override;

    std::uint32_t rowCount() const override { return m_rowCount.load(std::memory_order_acquire); }
    const PageSummary *summary() const override
    {
        return m_sealed.load(std::memory_order_acquire) ? &m_summary : nullptr;
    }

    /// Writer: shows readers all rows that the block has published.
    void publish(const CaptureBlock &block) { m_rowCount.store(block.rowCount(), std::memory_order_release); }
    /// Writer: no more rows will come.
    void seal(const CaptureBlock &block);

    /// Whether a session of the program began with its first row. Set before others see the page.
    void setBeginsSession(bool begins) { m_beginsSession = begins; }
    bool beginsSession() const { return m_beginsSession; }

    /// It stands in a file now: its block may go.
    void setStored(FramePlace place);
    /// It stands nowhere, and has to make room: its rows are lost, and say so. False if it is not pinned.
    bool lose(std::string why) const;
    /// The capture does not have it any more: only snapshots do.
    void release() const;
    bool isLost() const { return m_lost.load(); }
    /// Its block is in memory because it stands nowhere else.
    bool isPinned() const { return m_pinned.load() > 0; }

    /// Number of the file it stands in; 0 if none.
    std::uint64_t segment() const;

protected:
    Result<std::shared_ptr<const CaptureBlock>> read() const override;

private:
    const std::shared_ptr<CaptureDamage> m_damage;
    std::atomic<std::uint32_t> m_rowCount{0};
    std::atomic<bool> m_sealed{false};
    mutable std::atomic<std::size_t> m_pinned{0}; ///< bytes
    mutable std::atomic<bool> m_lost{false};
    bool m_beginsSession = false;
    PageSummary m_summary;
    mutable std::mutex m_placeMutex;
    FramePlace m_place;
    mutable std::string m_why; ///< it is lost
};

} // namespace sluice
