#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace sluice {

/// Memory that is handed out by moving a pointer and given back all at once.
/// What is made in it must be trivially destructible. Not thread-safe.
class Arena
{
public:
    explicit Arena(std::size_t chunkBytes = 64 * 1024) : m_chunkBytes(chunkBytes) {}
    Arena(Arena &&) noexcept = default;
    Arena &operator=(Arena &&) noexcept = default;

    /// Uninitialised bytes, aligned for any scalar. Throws std::bad_alloc.
    void *allocate(std::size_t bytes, std::size_t alignment = alignof(std::max_align_t))
    {
        std::size_t at = (m_used + alignment - 1) & ~(alignment - 1);
        if (m_current >= m_chunks.size() || at + bytes > m_chunks[m_current].size) {
            nextChunk(bytes);
            at = 0;
        }
        m_used = at + bytes;
        return m_chunks[m_current].memory.get() + at;
    }

    template <typename T>
    std::span<T> allocateArray(std::size_t count)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        T *items = static_cast<T *>(allocate(count * sizeof(T), alignof(T)));
        for (std::size_t i = 0; i < count; ++i)
            new (items + i) T();
        return {items, count};
    }

    std::string_view copy(std::string_view text)
    {
        if (text.empty())
            return {};
        char *to = static_cast<char *>(allocate(text.size(), 1));
        std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }

    /// Forgets all that was handed out and keeps the chunks for the next use.
    void reset()
    {
        m_current = 0;
        m_used = 0;
    }

    /// Bytes up to where it has come.
    std::size_t used() const
    {
        std::size_t bytes = m_used;
        for (std::size_t i = 0; i < m_current; ++i)
            bytes += m_chunks[i].size;
        return bytes;
    }

    /// Bytes of all chunks, used or not.
    std::size_t capacity() const
    {
        std::size_t bytes = 0;
        for (const Chunk &chunk : m_chunks)
            bytes += chunk.size;
        return bytes;
    }

private:
    struct Chunk
    {
        std::unique_ptr<std::byte[]> memory;
        std::size_t size = 0;
    };

    void nextChunk(std::size_t bytes)
    {
        if (!m_chunks.empty())
            ++m_current;
        while (m_current < m_chunks.size() && m_chunks[m_current].size < bytes)
            ++m_current;
        if (m_current >= m_chunks.size()) {
            const std::size_t size = bytes > m_chunkBytes ? bytes : m_chunkBytes;
            m_chunks.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});
            m_current = m_chunks.size() - 1;
        }
        m_used = 0;
    }

    std::vector<Chunk> m_chunks;
    std::size_t m_chunkBytes;
    std::size_t m_current = 0;
    std::size_t m_used = 0;
};

} // namespace sluice
