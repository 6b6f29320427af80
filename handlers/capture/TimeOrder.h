#pragma once

#include "base/Clock.h"
#include "capture/Severity.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace sluice {

/// The places of a RowList in the order of their records' times, ties as they came.
///
/// It stands in chunks. One whose places follow each other, as those of records do that come in order, takes no
/// memory for them; the others take 2 bytes for a place, or 4 where records are very late. A plain value, cheap to copy: copies share chunks, which never
/// change, so that each may be used by a thread of its own.
class TimeOrder
{
public:
    static constexpr std::size_t maxChunk = 2048;

    struct Entry
    {
        Nanoseconds time = 0;
        std::uint64_t place = 0;
        Severity severity = Severity::Debug;
    };

    /// Some places side by side in the order.
    struct Range
    {
        std::size_t begin = 0;
        std::size_t count = 0;
        bool operator==(const Range &) const = default;
    };

    /// Fills times and severities of entries whose places it is given, in any order; false gives up.
    using Look = std::function<bool(std::span<Entry>)>;

    std::size_t size() const { return m_size; }
    std::uint64_t at(std::size_t index) const;
    /// Where a place stands; none if it is not in the order. Quick where places came nearly in order.
    std::optional<std::size_t> find(std::uint64_t place) const;
    /// The same, looked for in the part alone that `index` is in.
    std::optional<std::size_t> findBeside(std::size_t index, std::uint64_t place) const;

    /// Whether an entry can go to the end.
    bool isBehindAll(const Entry &entry) const
    {
        return m_size == 0 || entry.time > m_lastTime || (entry.time == m_lastTime && entry.place > m_lastPlace);
    }
    /// Entries in order, behind all.
    void append(std::span<const Entry> entries);
    /// Further entries, sorted. `look` is asked for those beside which they belong. False if it gave up: the order is
    /// what it was.
    bool insert(std::span<const Entry> entries, const Look &look);
    /// Sorts by time, then by place.
    static void sort(std::vector<Entry> &entries);

    void removeBelow(std::uint64_t place);
    /// Where those stand that removeBelow() would take away, in order.
    std::vector<Range> rangesBelow(std::uint64_t place) const;
    /// Where those stand that `before` does not have. All that it has must be here.
    std::vector<Range> insertedSince(const TimeOrder &before) const;

    /// The first place whose time is not below `time`; size() if there is none. `look` as for insert(); none if it gave up.
    std::optional<std::size_t> lowerBound(Nanoseconds time, const Look &look) const;

    /// What is known of a stretch of the order without looking at its records.
    struct Part
    {
        std::size_t begin = 0; ///< in the order
        std::size_t end = 0;
        std::uint64_t lowest = 0; ///< of its places, and perhaps lower
        std::uint64_t highest = 0;
        bool isRange = false;                ///< its places follow each other
        Severity worst = Severity::Debug; ///< or a bit less bad
    };
    /// The part that `index` is in.
    Part partOf(std::size_t index) const;

    /// Of memory, of this copy alone.
    std::size_t bytes() const;

private:
    struct Chunk
    {
        // All entries are not below it, those of the chunks before are. Their own times are not kept.
        Nanoseconds lowestTime = 0;
        std::uint64_t lowestTimesPlace = 0;
        std::uint64_t lowest = 0; ///< place
        std::uint64_t highest = 0;
        std::uint32_t count = 0;
        Severity worst = Severity::Debug;
        /// From `lowest`: one of them, or none if places follow each other.
        std::unique_ptr<std::uint16_t[]> nearOffsets;
        std::unique_ptr<std::uint32_t[]> farOffsets;

        bool isRange() const { return !nearOffsets && !farOffsets; }
        std::uint64_t at(std::size_t index) const
        {
            return lowest + (nearOffsets ? nearOffsets[index] : farOffsets ? farOffsets[index] : index);
        }
        std::optional<std::size_t> find(std::uint64_t place) const;
    };
    using ChunkPointer = std::shared_ptr<const Chunk>;

    static ChunkPointer makeChunk(std::span<const Entry> entries);
    static void addChunks(std::span<const Entry> entries, std::vector<ChunkPointer> &chunks);
    static void expand(const Chunk &chunk, std::vector<Entry> &entries);
    void countStarts(std::size_t from = 0);
    /// The chunk that an entry belongs to, by what chunks begin with.
    std::size_t chunkFor(const Entry &entry) const;
    std::size_t chunkOf(std::size_t index) const;

    std::vector<ChunkPointer> m_chunks;
    std::vector<std::size_t> m_starts;
    std::size_t m_size = 0;
    Nanoseconds m_lastTime = 0;
    std::uint64_t m_lastPlace = 0;
};

} // namespace sluice
