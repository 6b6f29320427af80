#include "chain/WireTap.h"

#include <algorithm>
#include <chrono>

namespace sluice {

namespace {

Nanoseconds steadyNow()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

WireTap::WireTap(std::shared_ptr<ConsoleSink> sink, Clock clock)
    : m_clock(clock ? std::move(clock) : Clock(steadyNow)), m_sink(std::move(sink)), m_last(m_clock())
{
}

void WireTap::close()
{
    m_isClosed = true;
    std::shared_ptr<ConsoleSink> sink;
    const std::lock_guard lock(m_mutex);
    sink.swap(m_sink); // what it held is given back by who closes, not by the chain's thread
}

void WireTap::show(RecordSpan records)
{
    const std::lock_guard lock(m_mutex);
    if (!m_sink)
        return;
    const Nanoseconds begin = m_clock();
    m_credit = std::min(burst, m_credit + (begin - m_last) / share);
    m_last = begin;
    if (m_credit <= 0) {
        m_missed.fetch_add(records.size(), std::memory_order_relaxed);
        return;
    }
    m_sink->append(records);
    m_shown.fetch_add(records.size(), std::memory_order_relaxed);
    m_credit -= m_clock() - begin;
}

WireTap::Figures WireTap::figures() const
{
    return {m_shown.load(std::memory_order_relaxed), m_missed.load(std::memory_order_relaxed)};
}

} // namespace sluice
