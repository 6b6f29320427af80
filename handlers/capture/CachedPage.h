#pragma once

#include "capture/CapturePage.h"
#include "capture/PageCache.h"

#include <atomic>
#include <list>
#include <memory>
#include <mutex>

namespace sluice {

/// A page whose block leaves memory when others need the room, and is read again when it is wanted.
class CachedPage : public CapturePage
{
public:
    std::shared_ptr<const CaptureBlock> resident() const final;
    Result<std::shared_ptr<const CaptureBlock>> load() const final;
    std::optional<Error> failure() const final;

protected:
    CachedPage(std::uint64_t firstRow, std::shared_ptr<PageCache> cache)
        : CapturePage(firstRow), m_cache(std::move(cache))
    {
    }
    ~CachedPage() override;

    /// Reads the rows. One thread at a time; an Error is for good.
    virtual Result<std::shared_ptr<const CaptureBlock>> read() const = 0;

    /// The block is in memory and stays there (its bytes are pinned by whoever calls).
    void hold(std::shared_ptr<const CaptureBlock> block) const;
    /// From now on it can be read again: it may go.
    void letGo() const;
    /// Away with the block.
    void drop() const;
    PageCache &cache() const { return *m_cache; }

private:
    friend class PageCache;

    const std::shared_ptr<PageCache> m_cache;
    mutable std::mutex m_readMutex;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const CaptureBlock> m_block;
    mutable std::unique_ptr<Error> m_failure;
    mutable std::atomic<bool> m_used{false};

    // Guarded by the cache's mutex.
    mutable bool m_isListed = false;
    mutable std::size_t m_listedBytes = 0;
    mutable std::list<const CachedPage *>::iterator m_place;
};

} // namespace sluice
