#include "capture/SearchTask.h"

#include "capture/PageSearch.h"

#include <algorithm>

namespace sluice {

std::uint64_t SearchTask::setFilter(CaptureFilter filter)
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t generation = m_generation.fetch_add(1) + 1;
    m_filter = std::move(filter);
    m_now = wallClock();
    m_next = 0;
    m_ahead.clear();
    m_matchers.clear();
    m_found = Found{generation, {}, 0};
    return generation;
}

bool SearchTask::advance(std::uint64_t endRow)
{
    const std::lock_guard lock(m_mutex);
    m_goal = std::max(m_goal, endRow);
    return m_next < m_goal;
}

SearchTask::Found SearchTask::take()
{
    const std::lock_guard lock(m_mutex);
    Found found{m_found.generation, {}, m_found.searchedTo};
    found.rows.swap(m_found.rows);
    return found;
}

void SearchTask::stop()
{
    std::unique_lock lock(m_mutex);
    m_stopped = true;
    m_generation.fetch_add(1);
    m_idle.wait(lock, [this] { return m_working == 0; });
}

bool SearchTask::takePiece(Piece &piece, std::unique_ptr<CaptureMatcher> &matcher)
{
    if (m_stopped || m_next >= m_goal)
        return false;
    const CaptureSnapshot snapshot = m_store.snapshot();
    const std::uint64_t end = std::min(m_goal, snapshot.endRow());
    piece.generation = m_generation;
    piece.from = m_next;
    if (m_next < snapshot.firstRow() || m_next >= end) {
        // A clear() or the budget has taken rows that were to be searched.
        piece.to = m_next < snapshot.firstRow() ? std::min(m_goal, snapshot.firstRow()) : m_goal;
    } else {
        const std::size_t index = snapshot.pageOf(m_next);
        piece.page = snapshot.page(index);
        piece.to = std::min(end, piece.page->firstRow() + snapshot.rowsOf(index));
    }
    m_next = piece.to;
    if (!m_matchers.empty()) {
        matcher = std::move(m_matchers.back());
        m_matchers.pop_back();
    }
    ++m_working;
    return true;
}

bool SearchTask::doPiece()
{
    Piece piece;
    std::unique_ptr<CaptureMatcher> matcher;
    CaptureFilter filter;
    Nanoseconds now = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (!takePiece(piece, matcher))
            return false;
        if (!matcher) {
            filter = m_filter;
            now = m_now;
        }
    }
    std::vector<std::uint64_t> rows;
    if (piece.page) {
        if (!matcher)
            matcher = std::make_unique<CaptureMatcher>(filter, now, m_store.loggers(), m_store.sources());
        PageSearch(*matcher, m_generation, piece.generation).search(*piece.page, piece.from, piece.to, rows);
    }
    piece.page.reset();

    const std::lock_guard lock(m_mutex);
    if (m_generation == piece.generation) {
        deliver(piece, std::move(rows));
        if (matcher)
            m_matchers.push_back(std::move(matcher));
    }
    --m_working;
    m_idle.notify_all();
    return !m_stopped && m_next < m_goal;
}

void SearchTask::deliver(const Piece &piece, std::vector<std::uint64_t> rows)
{
    m_ahead[piece.from] = {piece.to, std::move(rows)};
    for (auto next = m_ahead.begin(); next != m_ahead.end() && next->first == m_found.searchedTo;
         next = m_ahead.erase(next)) {
        const Ahead &result = next->second;
        m_found.rows.insert(m_found.rows.end(), result.rows.begin(), result.rows.end());
        m_found.searchedTo = result.to;
    }
}

} // namespace sluice
