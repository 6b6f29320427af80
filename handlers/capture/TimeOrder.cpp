#include "capture/TimeOrder.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

namespace sluice {

namespace {

/// Entries that are looked at together: their records lie in the same pages.
constexpr std::size_t lookedAtTogether = 256 * 1024;

bool isBefore(const TimeOrder::Entry &one, const TimeOrder::Entry &other)
{
    return std::tie(one.time, one.place) < std::tie(other.time, other.place);
}

} // namespace

void TimeOrder::sort(std::vector<Entry> &entries) { std::ranges::sort(entries, isBefore); }

TimeOrder::ChunkPointer TimeOrder::makeChunk(std::span<const Entry> entries)
{
    auto chunk = std::make_shared<Chunk>();
    chunk->lowestTime = entries.front().time;
    chunk->lowestTimesPlace = entries.front().place;
    chunk->count = static_cast<std::uint32_t>(entries.size());
    chunk->lowest = chunk->highest = entries.front().place;
    bool inRow = true;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry &entry = entries[i];
        inRow = inRow && entry.place == entries.front().place + i;
        chunk->lowest = std::min(chunk->lowest, entry.place);
        chunk->highest = std::max(chunk->highest, entry.place);
        chunk->worst = std::max(chunk->worst, entry.severity);
    }
    const auto keepOffsets = [&](auto &offsets) {
        using Offset = std::remove_reference_t<decltype(offsets[0])>;
        offsets = std::make_unique_for_overwrite<Offset[]>(entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i)
            offsets[i] = static_cast<Offset>(entries[i].place - chunk->lowest);
    };
    if (!inRow && chunk->highest - chunk->lowest <= std::numeric_limits<std::uint16_t>::max())
        keepOffsets(chunk->nearOffsets);
    else if (!inRow)
        keepOffsets(chunk->farOffsets);
    return chunk;
}

void TimeOrder::addChunks(std::span<const Entry> entries, std::vector<ChunkPointer> &chunks)
{
    // Chunks of one size, with room for those that come later.
    const std::size_t parts = (entries.size() + maxChunk - 1) / maxChunk;
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t begin = entries.size() * part / parts;
        chunks.push_back(makeChunk(entries.subspan(begin, entries.size() * (part + 1) / parts - begin)));
    }
}

void TimeOrder::expand(const Chunk &chunk, std::vector<Entry> &entries)
{
    for (std::size_t i = 0; i < chunk.count; ++i)
        entries.push_back({0, chunk.at(i), Severity::Debug});
}

void TimeOrder::countStarts(std::size_t from)
{
    m_starts.resize(m_chunks.size());
    m_size = from > 0 ? m_starts[from - 1] + m_chunks[from - 1]->count : 0;
    for (std::size_t i = from; i < m_chunks.size(); ++i) {
        m_starts[i] = m_size;
        m_size += m_chunks[i]->count;
    }
}

std::size_t TimeOrder::chunkOf(std::size_t index) const
{
    assert(index < m_size);
    return static_cast<std::size_t>(std::ranges::upper_bound(m_starts, index) - m_starts.begin()) - 1;
}

std::size_t TimeOrder::chunkFor(const Entry &entry) const
{
    const auto behind = std::ranges::upper_bound(m_chunks, entry, isBefore, [](const ChunkPointer &chunk) {
        return Entry{chunk->lowestTime, chunk->lowestTimesPlace, Severity::Debug};
    });
    return behind == m_chunks.begin() ? 0 : static_cast<std::size_t>(behind - m_chunks.begin()) - 1;
}

std::optional<std::size_t> TimeOrder::Chunk::find(std::uint64_t place) const
{
    const auto offset = place - lowest;
    const auto in = [&](const auto *offsets) -> std::optional<std::size_t> {
        const auto *const end = offsets + count;
        const auto *const found = std::find(offsets, end, offset);
        return found == end ? std::nullopt : std::optional(static_cast<std::size_t>(found - offsets));
    };
    return nearOffsets ? in(nearOffsets.get()) : farOffsets ? in(farOffsets.get()) : std::optional<std::size_t>(offset);
}

std::uint64_t TimeOrder::at(std::size_t index) const
{
    const std::size_t chunk = chunkOf(index);
    return m_chunks[chunk]->at(index - m_starts[chunk]);
}

std::optional<std::size_t> TimeOrder::find(std::uint64_t place) const
{
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const Chunk &chunk = *m_chunks[i];
        if (place < chunk.lowest || place > chunk.highest)
            continue;
        if (const auto index = chunk.find(place))
            return m_starts[i] + *index;
    }
    return std::nullopt;
}

std::optional<std::size_t> TimeOrder::findBeside(std::size_t index, std::uint64_t place) const
{
    const std::size_t i = chunkOf(index);
    if (place < m_chunks[i]->lowest || place > m_chunks[i]->highest)
        return std::nullopt;
    const auto found = m_chunks[i]->find(place);
    return found ? std::optional(m_starts[i] + *found) : std::nullopt;
}

void TimeOrder::append(std::span<const Entry> entries)
{
    if (entries.empty())
        return;
    const std::size_t before = m_chunks.size();
    if (!m_chunks.empty() && m_chunks.back()->count < maxChunk) {
        // What comes in small batches fills the last chunk.
        const Chunk &last = *m_chunks.back();
        const std::size_t some = std::min(entries.size(), maxChunk - last.count);
        std::vector<Entry> all;
        expand(last, all);
        all.insert(all.end(), entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(some));
        all.front().time = last.lowestTime;
        all.front().severity = std::max(all.front().severity, last.worst);
        auto chunk = std::const_pointer_cast<Chunk>(makeChunk(all));
        chunk->lowestTimesPlace = last.lowestTimesPlace;
        m_chunks.back() = std::move(chunk);
        entries = entries.subspan(some);
        m_lastTime = std::max(m_lastTime, all.back().time);
        m_lastPlace = all.back().place;
    }
    for (; !entries.empty(); entries = entries.subspan(std::min(entries.size(), maxChunk))) {
        const std::span<const Entry> some = entries.first(std::min(entries.size(), maxChunk));
        m_chunks.push_back(makeChunk(some));
        m_lastTime = some.back().time;
        m_lastPlace = some.back().place;
    }
    countStarts(before > 0 ? before - 1 : 0);
}

bool TimeOrder::insert(std::span<const Entry> entries, const Look &look)
{
    const auto tail = std::ranges::partition_point(entries, [&](const Entry &entry) { return !isBehindAll(entry); });
    const auto inner = static_cast<std::size_t>(tail - entries.begin());
    std::vector<ChunkPointer> chunks;
    std::size_t kept = 0; // chunks before are in `chunks`
    std::vector<Entry> known;
    std::vector<Entry> merged;
    for (std::size_t done = 0; done < inner;) {
        // The chunks that are next, with what goes into each.
        struct Target
        {
            std::size_t chunk;
            std::size_t end; // of `entries`
            std::size_t knownEnd;
        };
        std::vector<Target> targets;
        known.clear();
        std::size_t next = done;
        while (next < inner && known.size() < lookedAtTogether) {
            const std::size_t chunk = chunkFor(entries[next]);
            std::size_t end = inner;
            if (chunk + 1 < m_chunks.size()) {
                const Chunk &behind = *m_chunks[chunk + 1];
                const Entry limit{behind.lowestTime, behind.lowestTimesPlace, Severity::Debug};
                end = static_cast<std::size_t>(
                    std::lower_bound(entries.begin() + static_cast<std::ptrdiff_t>(next), tail, limit, isBefore) -
                    entries.begin());
            }
            expand(*m_chunks[chunk], known);
            targets.push_back({chunk, end, known.size()});
            next = end;
        }
        if (!look(known))
            return false;
        std::size_t knownBegin = 0;
        for (const Target &target : targets) {
            chunks.insert(chunks.end(), m_chunks.begin() + static_cast<std::ptrdiff_t>(kept),
                          m_chunks.begin() + static_cast<std::ptrdiff_t>(target.chunk));
            const std::span<const Entry> old(known.data() + knownBegin, target.knownEnd - knownBegin);
            const std::span<const Entry> fresh = entries.subspan(done, target.end - done);
            merged.clear();
            std::ranges::merge(old, fresh, std::back_inserter(merged), isBefore);
            const Chunk &before = *m_chunks[target.chunk];
            const std::size_t first = chunks.size();
            addChunks(merged, chunks);
            // What a chunk begins with may have gone; the bound stays, unless something came before it.
            if (const Entry bound{before.lowestTime, before.lowestTimesPlace, Severity::Debug};
                isBefore(bound, merged.front())) {
                auto chunk = std::const_pointer_cast<Chunk>(chunks[first]);
                chunk->lowestTime = bound.time;
                chunk->lowestTimesPlace = bound.place;
            }
            kept = target.chunk + 1;
            knownBegin = target.knownEnd;
            done = target.end;
        }
    }
    if (inner > 0) {
        chunks.insert(chunks.end(), m_chunks.begin() + static_cast<std::ptrdiff_t>(kept), m_chunks.end());
        m_chunks = std::move(chunks);
        countStarts();
    }
    append(entries.subspan(inner));
    return true;
}

void TimeOrder::removeBelow(std::uint64_t place)
{
    const auto isTouched = [place](const ChunkPointer &chunk) { return chunk->lowest < place; };
    if (std::ranges::none_of(m_chunks, isTouched))
        return;
    std::vector<Entry> left;
    for (ChunkPointer &chunk : m_chunks) {
        if (!isTouched(chunk))
            continue;
        left.clear();
        expand(*chunk, left);
        std::erase_if(left, [place](const Entry &entry) { return entry.place < place; });
        if (left.empty()) {
            chunk.reset();
            continue;
        }
        auto smaller = std::const_pointer_cast<Chunk>(makeChunk(left));
        smaller->lowestTime = chunk->lowestTime;
        smaller->lowestTimesPlace = chunk->lowestTimesPlace;
        smaller->worst = chunk->worst;
        chunk = std::move(smaller);
    }
    std::erase(m_chunks, nullptr);
    countStarts();
}

std::vector<TimeOrder::Range> TimeOrder::rangesBelow(std::uint64_t place) const
{
    std::vector<Range> ranges;
    const auto add = [&ranges](std::size_t begin, std::size_t count) {
        if (!ranges.empty() && ranges.back().begin + ranges.back().count == begin)
            ranges.back().count += count;
        else
            ranges.push_back({begin, count});
    };
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const Chunk &chunk = *m_chunks[i];
        if (chunk.lowest >= place)
            continue;
        if (chunk.highest < place) {
            add(m_starts[i], chunk.count);
            continue;
        }
        for (std::size_t at = 0; at < chunk.count; ++at) {
            if (chunk.at(at) < place)
                add(m_starts[i] + at, 1);
        }
    }
    return ranges;
}

std::vector<TimeOrder::Range> TimeOrder::insertedSince(const TimeOrder &before) const
{
    std::vector<Range> ranges;
    std::size_t theirChunk = 0;
    std::size_t theirs = 0;
    const auto step = [&](std::size_t count) {
        theirs += count;
        if (theirs == before.m_chunks[theirChunk]->count) {
            ++theirChunk;
            theirs = 0;
        }
    };
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const Chunk &chunk = *m_chunks[i];
        if (theirs == 0 && theirChunk < before.m_chunks.size() && before.m_chunks[theirChunk] == m_chunks[i]) {
            ++theirChunk;
            continue;
        }
        for (std::size_t at = 0; at < chunk.count; ++at) {
            if (theirChunk < before.m_chunks.size() && before.m_chunks[theirChunk]->at(theirs) == chunk.at(at)) {
                step(1);
                continue;
            }
            const std::size_t index = m_starts[i] + at;
            if (!ranges.empty() && ranges.back().begin + ranges.back().count == index)
                ++ranges.back().count;
            else
                ranges.push_back({index, 1});
        }
    }
    assert(theirChunk == before.m_chunks.size());
    return ranges;
}

std::optional<std::size_t> TimeOrder::lowerBound(Nanoseconds time, const Look &look) const
{
    if (m_size == 0)
        return 0;
    const std::size_t chunk = chunkFor({time, 0, Severity::Debug});
    std::vector<Entry> entries;
    expand(*m_chunks[chunk], entries);
    if (!look(entries))
        return std::nullopt;
    const auto found = std::ranges::lower_bound(entries, time, {}, &Entry::time);
    return m_starts[chunk] + static_cast<std::size_t>(found - entries.begin());
}

TimeOrder::Part TimeOrder::partOf(std::size_t index) const
{
    const std::size_t i = chunkOf(index);
    const Chunk &chunk = *m_chunks[i];
    return {m_starts[i], m_starts[i] + chunk.count, chunk.lowest, chunk.highest, chunk.isRange(), chunk.worst};
}

std::size_t TimeOrder::bytes() const
{
    constexpr std::size_t counters = 2 * sizeof(void *);
    std::size_t all = m_chunks.capacity() * sizeof(ChunkPointer) + m_starts.capacity() * sizeof(std::size_t);
    for (const ChunkPointer &chunk : m_chunks)
        all += sizeof(Chunk) + counters +
               chunk->count * (chunk->nearOffsets  ? sizeof(std::uint16_t)
                               : chunk->farOffsets ? sizeof(std::uint32_t)
                                                   : 0);
    return all;
}

} // namespace sluice
