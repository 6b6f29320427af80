#include "capture/LevelStrip.h"

#include <algorithm>

namespace sluice {

void LevelStrip::add(std::uint64_t place, Severity severity)
{
    if (m_worst.empty())
        m_first = place >> m_shift;
    while ((place >> m_shift) - m_first >= maxStretches)
        coarsen();
    const auto index = static_cast<std::size_t>((place >> m_shift) - m_first);
    if (index >= m_worst.size())
        m_worst.resize(index + 1);
    if (severity >= Severity::Warning)
        m_worst[index] = std::max(m_worst[index], severity);
}

void LevelStrip::removeBelow(std::uint64_t place)
{
    const std::uint64_t first = place >> m_shift;
    if (first <= m_first)
        return;
    const std::uint64_t gone = std::min<std::uint64_t>(first - m_first, m_worst.size());
    m_worst.erase(m_worst.begin(), m_worst.begin() + static_cast<std::ptrdiff_t>(gone));
    m_first += gone;
}

Severity LevelStrip::worst(std::uint64_t begin, std::uint64_t end) const
{
    Severity worst = Severity::Debug;
    if (begin >= end)
        return worst;
    const std::uint64_t last = std::min((end - 1) >> m_shift, m_first + m_worst.size() - 1);
    for (std::uint64_t i = std::max(begin >> m_shift, m_first); !m_worst.empty() && i <= last; ++i)
        worst = std::max(worst, m_worst[static_cast<std::size_t>(i - m_first)]);
    return worst;
}

void LevelStrip::coarsen()
{
    const std::uint64_t first = m_first / 2;
    std::vector<Severity> coarse;
    coarse.resize(static_cast<std::size_t>((m_first + m_worst.size() - 1) / 2 - first + 1));
    for (std::size_t i = 0; i < m_worst.size(); ++i) {
        Severity &to = coarse[static_cast<std::size_t>((m_first + i) / 2 - first)];
        to = std::max(to, m_worst[i]);
    }
    m_worst = std::move(coarse);
    m_first = first;
    ++m_shift;
}

} // namespace sluice
