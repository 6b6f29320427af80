#pragma once

#include <cstddef>

namespace sluice {

/// Memory of a large block, which goes back to the system when the block does: what malloc is given back it may keep, between what is
/// still in use, and then a budget of memory means little. A few blocks that were given back are kept for the next ones, since the
/// system clears what it hands out. Small blocks are malloc's. Not cleared. Any thread.
class BlockMemory
{
public:
    /// Throws std::bad_alloc, as new does.
    explicit BlockMemory(std::size_t bytes);
    ~BlockMemory();
    BlockMemory(const BlockMemory &) = delete;
    BlockMemory &operator=(const BlockMemory &) = delete;

    std::byte *get() const { return m_memory; }

    /// Bytes that are kept for the next blocks, of all.
    static std::size_t spare();
    /// As many at most.
    static constexpr std::size_t mostSpare = std::size_t{16} << 20;

private:
    std::size_t m_size; ///< what was taken from the system; 0: malloc's
    std::byte *m_memory;
};

} // namespace sluice
