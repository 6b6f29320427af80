#pragma once

#include "receiver/RecyclingPool.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace sluice {

using BufferPool = RecyclingPool<std::vector<char>>;

/// Bytes of a stream that are decoded where they were received. Records keep the buffers they point into; the
/// beginning of what is not complete yet moves on to the next one. For one thread.
class StreamBuffer
{
public:
    /// The usual size of a buffer.
    static constexpr std::size_t bufferBytes = 256 * 1024;

    static BufferPool makePool();

    /// `pool` outlives this.
    explicit StreamBuffer(BufferPool &pool) : m_pool(pool) {}

    /// Where to put what is read next; never empty. `expected`: how long what is under way will be, as far as
    /// known. Memory grows with what has really come, not with what is expected.
    std::span<char> space(std::size_t expected);

    /// The first `bytes` of space() have been filled.
    void commit(std::size_t bytes) { m_end += bytes; }

    /// What was received and not consumed.
    std::string_view pending() const
    {
        return m_buffer ? std::string_view(m_buffer->data() + m_begin, m_end - m_begin) : std::string_view();
    }
    void consume(std::size_t bytes) { m_begin += bytes; }

    /// Lets go of the buffer if nothing is pending, so that who is idle keeps none.
    void release();

    /// Keeps alive what pending() points into.
    std::shared_ptr<const void> owner() const { return m_buffer; }

private:
    BufferPool &m_pool;
    std::shared_ptr<std::vector<char>> m_buffer;
    std::size_t m_begin = 0; ///< of what is pending
    std::size_t m_end = 0;   ///< of what was received
};

} // namespace sluice
