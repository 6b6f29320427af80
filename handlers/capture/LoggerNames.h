#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice {

/// The loggers that a capture has seen, numbered. One thread interns; any thread may read names and counts
/// of numbers below size(), without a lock. Bounded, since names come from strangers: what is too long, or
/// one too many, has the number `other` and keeps its name with its record.
class LoggerNames
{
public:
    static constexpr std::uint32_t other = 0xFFFFFFFF;
    static constexpr std::size_t maxLoggers = 16 * 1024;
    static constexpr std::size_t maxNameBytes = 512;

    /// Writer.
    std::uint32_t intern(std::string_view name);
    /// Writer: counts a row of that logger, or (negative) takes some away.
    void count(std::uint32_t logger, std::int64_t rows)
    {
        auto &counter = logger == other ? m_otherRows : entry(logger).rows;
        counter.store(counter.load(std::memory_order_relaxed) + rows, std::memory_order_relaxed);
    }
    /// Writer.
    void resetCounts();

    std::uint32_t size() const { return m_size.load(std::memory_order_acquire); }
    /// Valid as long as this object.
    std::string_view name(std::uint32_t logger) const { return entry(logger).name; }
    /// Rows of it that the capture holds.
    std::int64_t rows(std::uint32_t logger) const
    {
        return entry(logger).rows.load(std::memory_order_relaxed);
    }
    /// Rows whose loggers have no number.
    std::int64_t otherRows() const { return m_otherRows.load(std::memory_order_relaxed); }

private:
    struct Entry
    {
        std::string name;
        std::atomic<std::int64_t> rows{0};
    };
    static constexpr std::size_t chunkSize = 256;
    using Chunk = std::array<Entry, chunkSize>;

    Entry &entry(std::uint32_t logger) { return (*m_chunks[logger / chunkSize])[logger % chunkSize]; }
    const Entry &entry(std::uint32_t logger) const
    {
        return (*m_chunks[logger / chunkSize])[logger % chunkSize];
    }

    std::array<std::unique_ptr<Chunk>, maxLoggers / chunkSize> m_chunks;
    std::atomic<std::uint32_t> m_size{0};
    std::atomic<std::int64_t> m_otherRows{0};
    std::unordered_map<std::string_view, std::uint32_t> m_numbers;
};

} // namespace sluice
