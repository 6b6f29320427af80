#include "capture/CaptureSearch.h"

#include <algorithm>

namespace sluice {

namespace {

/// Rows between two looks at whether the filter is still the same: well below a millisecond's work.
constexpr std::uint64_t rowsPerStep = 512;
/// Rows between two deliveries.
constexpr std::uint64_t rowsPerDelivery = 16 * rowsPerStep;

} // namespace

CaptureSearch::CaptureSearch(std::shared_ptr<const RecordStore> capture)
    : m_capture(std::move(capture)), m_thread([this] { run(); })
{
}

CaptureSearch::~CaptureSearch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_generation.fetch_add(1);
    }
    m_changed.notify_one();
    m_thread.join();
}

std::uint64_t CaptureSearch::setFilter(CaptureFilter filter)
{
    std::uint64_t generation;
    {
        const std::lock_guard lock(m_mutex);
        generation = m_generation.fetch_add(1) + 1;
        m_filter = std::move(filter);
        m_found = Found{generation, {}, 0};
    }
    m_changed.notify_one();
    return generation;
}

void CaptureSearch::advance(std::uint64_t endRow)
{
    {
        const std::lock_guard lock(m_mutex);
        if (endRow <= m_goal)
            return;
        m_goal = endRow;
    }
    m_changed.notify_one();
}

CaptureSearch::Found CaptureSearch::take()
{
    const std::lock_guard lock(m_mutex);
    Found found{m_found.generation, {}, m_found.searchedTo};
    found.rows.swap(m_found.rows);
    return found;
}

void CaptureSearch::run()
{
    CaptureMatcher matcher{CaptureFilter{}};
    std::uint64_t generation = 0;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(
            lock, [&] { return m_stopping || m_generation != generation || m_found.searchedTo < m_goal; });
        if (m_stopping)
            return;
        if (m_generation != generation) {
            generation = m_generation;
            matcher = CaptureMatcher(m_filter);
        }
        const std::uint64_t from = m_found.searchedTo;
        const std::uint64_t to = m_goal;
        lock.unlock();
        search(matcher, generation, from, to);
        lock.lock();
    }
}

void CaptureSearch::search(CaptureMatcher &matcher, std::uint64_t generation, std::uint64_t from,
                           std::uint64_t to)
{
    const CaptureSnapshot snapshot = m_capture->snapshot();
    std::vector<std::uint64_t> rows;
    std::uint64_t row = std::max(from, snapshot.firstRow());
    const auto deliver = [&] {
        const std::lock_guard lock(m_mutex);
        if (m_generation != generation)
            return false;
        m_found.rows.insert(m_found.rows.end(), rows.begin(), rows.end());
        m_found.searchedTo = row;
        rows.clear();
        return true;
    };
    while (row < std::min(to, snapshot.endRow())) {
        const std::uint64_t deliverAt = row + rowsPerDelivery;
        while (row < std::min({to, snapshot.endRow(), deliverAt})) {
            const std::uint64_t stepEnd = std::min({to, snapshot.endRow(), row + rowsPerStep});
            for (; row < stepEnd; ++row) {
                if (matcher.matches(snapshot, row))
                    rows.push_back(row);
            }
            if (m_generation.load(std::memory_order_relaxed) != generation)
                return;
        }
        if (!deliver())
            return;
    }
    // A clear() may have taken rows that were to be searched: what is gone counts as searched.
    row = std::max(row, to);
    deliver();
}

} // namespace sluice
