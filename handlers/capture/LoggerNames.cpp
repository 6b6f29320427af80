#include "capture/LoggerNames.h"

namespace sluice {

std::uint32_t LoggerNames::intern(std::string_view name)
{
    if (const auto known = m_numbers.find(name); known != m_numbers.end())
        return known->second;
    const std::uint32_t number = m_size.load(std::memory_order_relaxed);
    if (number >= maxLoggers || name.size() > maxNameBytes)
        return other;
    if (!m_chunks[number / chunkSize])
        m_chunks[number / chunkSize] = std::make_unique<Chunk>();
    Entry &added = entry(number);
    added.name = name;
    m_numbers.emplace(added.name, number);
    m_size.store(number + 1, std::memory_order_release);
    return number;
}

void LoggerNames::resetCounts()
{
    const std::uint32_t loggers = m_size.load(std::memory_order_relaxed);
    for (std::uint32_t i = 0; i < loggers; ++i)
        entry(i).rows.store(0, std::memory_order_relaxed);
    m_otherRows.store(0, std::memory_order_relaxed);
}

} // namespace sluice
