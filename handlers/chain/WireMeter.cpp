#include "chain/WireMeter.h"

#include "chain/WireTap.h"

#include <algorithm>

namespace sluice {

void WireMeter::show(RecordSpan records)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_taps, [](const auto &tap) { return tap->isClosed(); });
    for (const std::shared_ptr<WireTap> &tap : m_taps)
        tap->show(records);
    if (m_taps.empty())
        m_isTapped.store(false, std::memory_order_relaxed);
}

void WireMeter::add(std::shared_ptr<WireTap> tap)
{
    const std::lock_guard lock(m_mutex);
    if (std::ranges::find(m_taps, tap) == m_taps.end())
        m_taps.push_back(std::move(tap));
    m_isTapped.store(true, std::memory_order_relaxed);
}

} // namespace sluice
