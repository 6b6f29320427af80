#include "receiver/StreamBuffer.h"

#include <algorithm>
#include <cstring>

namespace sluice {

namespace {

/// With less room than this left, reading would take too many calls.
constexpr std::size_t leastSpace = StreamBuffer::bufferBytes / 4;

/// How many wait for the next read; more are in use only while a sink lags behind.
constexpr std::size_t keptBuffers = 32;

} // namespace

BufferPool StreamBuffer::makePool()
{
    return BufferPool(
        keptBuffers, [] { return std::make_unique<std::vector<char>>(bufferBytes); },
        [](std::vector<char> &buffer) { return buffer.size() == bufferBytes; });
}

std::span<char> StreamBuffer::space(std::size_t expected)
{
    const std::size_t tail = m_end - m_begin;
    if (m_buffer && (m_buffer->size() - m_end >= leastSpace ||
                     (tail < expected && m_buffer->size() - m_begin >= expected)))
        return std::span(*m_buffer).subspan(m_end);

    const std::size_t size = std::max(tail + leastSpace, expected ? std::min(expected, 2 * tail) : 2 * tail);
    const auto next = size <= bufferBytes ? m_pool.acquire() : std::make_shared<std::vector<char>>(size);
    if (tail)
        std::memcpy(next->data(), m_buffer->data() + m_begin, tail);
    m_buffer = next;
    m_begin = 0;
    m_end = tail;
    return std::span(*m_buffer).subspan(m_end);
}

void StreamBuffer::release()
{
    if (m_begin != m_end)
        return;
    m_buffer.reset();
    m_begin = m_end = 0;
}

} // namespace sluice
