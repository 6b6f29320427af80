#include "capture/SourceNames.h"

#include <algorithm>

namespace sluice {

std::uint32_t SourceNames::intern(std::string_view receiver, std::string_view peer, std::string_view process)
{
    m_key.clear();
    for (const std::string_view part : {receiver, peer, process}) {
        m_key += part;
        m_key += '\0';
    }
    if (const auto known = m_numbers.find(m_key); known != m_numbers.end())
        return known->second;
    const std::uint32_t number = m_size.load(std::memory_order_relaxed);
    if (number >= maxSources || m_key.size() > maxNameBytes)
        return other;
    if (!m_chunks[number / chunkSize])
        m_chunks[number / chunkSize] = std::make_unique<Chunk>();
    Entry &added = entry(number);
    added.receiver = receiver;
    added.peer = peer;
    added.process = process;
    m_numbers.emplace(m_key, number);
    m_size.store(number + 1, std::memory_order_release);
    return number;
}

void SourceNames::see(std::uint32_t source, std::uint64_t row, std::optional<std::int64_t> processId)
{
    if (source == other)
        return;
    Entry &seen = entry(source);
    seen.seen.store(seen.seen.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    if (!processId)
        return;
    const bool isFirst = !seen.hasProcessId.load(std::memory_order_relaxed);
    if (!isFirst && seen.processId.load(std::memory_order_relaxed) == *processId)
        return;
    seen.processId.store(*processId, std::memory_order_relaxed);
    seen.hasProcessId.store(true, std::memory_order_release);
    if (std::ranges::find(seen.processIds, *processId) != seen.processIds.end())
        return;
    if (seen.processIds.size() < rememberedProcesses) {
        seen.processIds.push_back(*processId);
    } else {
        seen.processIds[seen.nextProcess] = *processId;
        seen.nextProcess = (seen.nextProcess + 1) % rememberedProcesses;
    }
    if (!isFirst)
        addReconnect({row, source, *processId});
}

void SourceNames::addReconnect(const Reconnect &reconnect)
{
    const std::lock_guard lock(m_mutex);
    if (m_reconnects.size() >= maxReconnects)
        m_reconnects.erase(m_reconnects.begin(), m_reconnects.begin() + maxReconnects / 4);
    m_reconnects.push_back(reconnect);
    m_reconnectsVersion.fetch_add(1, std::memory_order_release);
}

void SourceNames::count(std::uint32_t source, std::int64_t rows, std::int64_t errors)
{
    const auto add = [](std::atomic<std::int64_t> &counter, std::int64_t by) {
        counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    };
    if (source == other) {
        add(m_otherRows, rows);
        return;
    }
    add(entry(source).rows, rows);
    add(entry(source).errors, errors);
}

void SourceNames::noticeTime(std::uint32_t source, Nanoseconds created)
{
    if (source != other && created > entry(source).lastSeen.load(std::memory_order_relaxed))
        entry(source).lastSeen.store(created, std::memory_order_relaxed);
}

void SourceNames::forgetBelow(std::uint64_t firstRow)
{
    const std::lock_guard lock(m_mutex);
    if (std::erase_if(m_reconnects, [&](const Reconnect &one) { return one.row < firstRow; }) > 0)
        m_reconnectsVersion.fetch_add(1, std::memory_order_release);
}

void SourceNames::resetCounts(std::uint64_t firstRow)
{
    const std::uint32_t sources = m_size.load(std::memory_order_relaxed);
    for (std::uint32_t i = 0; i < sources; ++i) {
        entry(i).rows.store(0, std::memory_order_relaxed);
        entry(i).errors.store(0, std::memory_order_relaxed);
    }
    m_otherRows.store(0, std::memory_order_relaxed);
    forgetBelow(firstRow);
}

SourceNames::Name SourceNames::name(std::uint32_t source) const
{
    const Entry &named = entry(source);
    return {named.receiver, named.peer, named.process};
}

SourceNames::Figures SourceNames::figures(std::uint32_t source) const
{
    const Entry &one = entry(source);
    Figures figures;
    figures.rows = one.rows.load(std::memory_order_relaxed);
    figures.seen = one.seen.load(std::memory_order_relaxed);
    figures.errors = one.errors.load(std::memory_order_relaxed);
    figures.lastSeen = one.lastSeen.load(std::memory_order_relaxed);
    if (one.hasProcessId.load(std::memory_order_acquire))
        figures.processId = one.processId.load(std::memory_order_relaxed);
    return figures;
}

std::vector<SourceNames::Reconnect> SourceNames::reconnects() const
{
    const std::lock_guard lock(m_mutex);
    return m_reconnects;
}

std::vector<SourceNames::Reconnect> SourceNames::reconnects(std::uint64_t from, std::uint64_t to) const
{
    const std::lock_guard lock(m_mutex);
    const auto begin = std::ranges::lower_bound(m_reconnects, from, {}, &Reconnect::row);
    const auto end = std::ranges::lower_bound(m_reconnects, to, {}, &Reconnect::row);
    return {begin, end};
}

} // namespace sluice
