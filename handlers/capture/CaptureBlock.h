#pragma once

#include "base/BlockMemory.h"
#include "base/Clock.h"

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice {

/// A page of the capture. Text grows from its front and fixed-size rows from its back, so that neither
/// long nor short records waste room. One thread writes; rows below rowCount() may be read by any other
/// thread, without a lock, as long as it owns a reference to the block. Nothing published ever moves.
class CaptureBlock
{
public:
    struct Row
    {
        Nanoseconds created;
        std::uint32_t text; ///< offset of what is this record's own (RecordCodec)
        std::uint32_t site; ///< offset of what it shares with others of the same place in the program
        std::int32_t levelno;
        std::uint32_t logger; ///< number in LoggerNames
    };

    /// `bytes`: of text and rows together; below 4 GiB.
    CaptureBlock(std::uint64_t firstRow, std::size_t bytes)
        : m_firstRow(firstRow), m_capacity((bytes + alignof(Row) - 1) / alignof(Row) * alignof(Row)),
          m_memory(m_capacity)
    {
        assert(m_capacity < (std::uint64_t{1} << 32));
    }

    /// Number of the first row, counted from the beginning of the capture.
    std::uint64_t firstRow() const { return m_firstRow; }
    std::uint64_t endRow() const { return m_firstRow + rowCount(); }
    std::uint32_t rowCount() const { return m_published.load(std::memory_order_acquire); }
    std::size_t capacity() const { return m_capacity; }

    /// `index` < rowCount().
    Row row(std::uint32_t index) const
    {
        Row row;
        std::memcpy(&row, m_memory.get() + m_capacity - (std::size_t{index} + 1) * sizeof(Row), sizeof(Row));
        return row;
    }

    /// All text of the rows below rowCount(), sites among it, and perhaps of a few more: to be searched as a whole.
    std::string_view allText() const
    {
        return {reinterpret_cast<const char *>(m_memory.get()), m_publishedText.load(std::memory_order_acquire)};
    }

    /// From `offset` to the end of the text; what stands there says how long it is.
    const char *text(std::uint32_t offset) const
    {
        return reinterpret_cast<const char *>(m_memory.get()) + offset;
    }

    /// Writer: whether a row with so many bytes of text still fits.
    bool fits(std::size_t textBytes) const
    {
        return m_textUsed + textBytes + (std::size_t{m_written} + 1) * sizeof(Row) <= m_capacity;
    }

    /// Writer: appends text and says where it stands. It must fit.
    std::uint32_t putText(std::string_view text)
    {
        const auto at = static_cast<std::uint32_t>(m_textUsed);
        std::memcpy(m_memory.get() + at, text.data(), text.size());
        m_textUsed += text.size();
        return at;
    }

    /// Writer: appends a row, not yet to be seen.
    void putRow(const Row &row)
    {
        ++m_written;
        std::memcpy(m_memory.get() + m_capacity - std::size_t{m_written} * sizeof(Row), &row, sizeof(Row));
    }

    /// Writer: shows readers all rows put so far.
    void publish()
    {
        m_publishedText.store(m_textUsed, std::memory_order_release);
        m_published.store(m_written, std::memory_order_release);
    }

    /// Writer: bytes in use.
    std::size_t used() const { return m_textUsed + std::size_t{m_written} * sizeof(Row); }

private:
    const std::uint64_t m_firstRow;
    const std::size_t m_capacity;
    const BlockMemory m_memory;
    std::size_t m_textUsed = 0;
    std::uint32_t m_written = 0;
    std::atomic<std::size_t> m_publishedText{0};
    std::atomic<std::uint32_t> m_published{0};
};

} // namespace sluice
