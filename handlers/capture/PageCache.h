#pragma once

#include <cstddef>
#include <list>
#include <mutex>

namespace sluice {

class CachedPage;

/// The memory of a capture, kept within a budget. Part of it is pinned: blocks that stand nowhere else. The rest
/// are blocks that can be read again; those that nobody has used for longest go first. Thread-safe.
class PageCache
{
public:
    explicit PageCache(std::size_t budget) : m_budget(budget) {}

    std::size_t budget() const { return m_budget; }
    /// Pinned and kept together.
    std::size_t bytes() const;
    std::size_t pinned() const;

    /// So many bytes more are pinned. Blocks that are kept make room.
    void pin(std::size_t bytes);
    void unpin(std::size_t bytes);

private:
    friend class CachedPage;

    static constexpr std::size_t alwaysKept = 3;
    using Pages = std::list<const CachedPage *>;

    void keep(const CachedPage &page, std::size_t bytes);
    void forget(const CachedPage &page);
    void makeRoom();

    const std::size_t m_budget;
    mutable std::mutex m_mutex; ///< taken before a page's own
    std::size_t m_pinned = 0;
    std::size_t m_kept = 0;
    Pages m_pages; ///< the one to go first in front
};

} // namespace sluice
