#pragma once

#include "base/Clock.h"
#include "base/StringHash.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice {

/// Who has sent records to a capture, numbered. A sender is told by the receiver, the peer and the name of its
/// process: started anew, it is the same source with another process id, and the row where that began is kept.
/// One thread interns and counts; any thread may read, names and figures of numbers below size() without a
/// lock. Bounded, since names come from strangers: one too many has the number `other`.
class SourceNames
{
public:
    static constexpr std::uint32_t other = 0xFFFFFFFF;
    static constexpr std::size_t maxSources = 4096;
    static constexpr std::size_t maxNameBytes = 512;
    /// Further ones take the places of the oldest.
    static constexpr std::size_t maxReconnects = 16 * 1024;

    /// Text lives as long as the SourceNames.
    struct Name
    {
        std::string_view receiver; ///< node id
        std::string_view peer;     ///< host, path or "stdin"
        std::string_view process;  ///< processName
    };

    struct Figures
    {
        std::int64_t rows = 0; ///< that the capture holds
        std::int64_t seen = 0; ///< records that came since the capture was opened, whatever became of them
        std::int64_t errors = 0;
        Nanoseconds lastSeen = 0; ///< `created` of the newest record; 0 if none was seen
        std::optional<std::int64_t> processId;
    };

    /// A process id that this source had not had came with this row.
    struct Reconnect
    {
        std::uint64_t row = 0;
        std::uint32_t source = 0;
        std::int64_t processId = 0;
    };

    /// Writer.
    std::uint32_t intern(std::string_view receiver, std::string_view peer, std::string_view process);
    /// Writer: a record of the source, which is to have this row. Notices a new process.
    void see(std::uint32_t source, std::uint64_t row, std::optional<std::int64_t> processId);
    /// Writer: counts rows and errors, or (negative) takes some away.
    void count(std::uint32_t source, std::int64_t rows, std::int64_t errors);
    /// Writer.
    void noticeTime(std::uint32_t source, Nanoseconds created);
    /// Writer: a reconnect that was noticed in an earlier session.
    void addReconnect(const Reconnect &reconnect);
    /// Writer: forgets counts, and reconnects at rows below.
    void resetCounts(std::uint64_t firstRow);
    /// Writer: forgets reconnects at rows below.
    void forgetBelow(std::uint64_t firstRow);

    std::uint32_t size() const { return m_size.load(std::memory_order_acquire); }
    Name name(std::uint32_t source) const;
    Figures figures(std::uint32_t source) const;
    std::int64_t otherRows() const { return m_otherRows.load(std::memory_order_relaxed); }

    /// By row. Takes a lock for as long as they are copied.
    std::vector<Reconnect> reconnects() const;
    /// Those at rows in [`from`, `to`).
    std::vector<Reconnect> reconnects(std::uint64_t from, std::uint64_t to) const;
    /// Changes when reconnects() does.
    std::uint64_t reconnectsVersion() const { return m_reconnectsVersion.load(std::memory_order_acquire); }

private:
    /// A sender may work in many processes of one name at once; those of late are known.
    static constexpr std::size_t rememberedProcesses = 64;

    struct Entry
    {
        std::string receiver;
        std::string peer;
        std::string process;
        std::vector<std::int64_t> processIds; ///< the writer's own
        std::size_t nextProcess = 0;          ///< whose place the next one takes
        std::atomic<std::int64_t> processId{0};
        std::atomic<bool> hasProcessId{false};
        std::atomic<std::int64_t> rows{0};
        std::atomic<std::int64_t> seen{0};
        std::atomic<std::int64_t> errors{0};
        std::atomic<Nanoseconds> lastSeen{0};
    };
    static constexpr std::size_t chunkSize = 64;
    using Chunk = std::array<Entry, chunkSize>;

    Entry &entry(std::uint32_t source) { return (*m_chunks[source / chunkSize])[source % chunkSize]; }
    const Entry &entry(std::uint32_t source) const
    {
        return (*m_chunks[source / chunkSize])[source % chunkSize];
    }

    std::array<std::unique_ptr<Chunk>, maxSources / chunkSize> m_chunks;
    std::atomic<std::uint32_t> m_size{0};
    std::atomic<std::int64_t> m_otherRows{0};
    std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> m_numbers;
    std::string m_key;

    mutable std::mutex m_mutex; ///< guards m_reconnects
    std::vector<Reconnect> m_reconnects;
    std::atomic<std::uint64_t> m_reconnectsVersion{0};
};

} // namespace sluice
