#include "console/RecordFinder.h"

#include "filter/ExpressionText.h"

#include <algorithm>

namespace sluice {

namespace {

/// Rows looked up in the view's list at each tick: about a millisecond.
constexpr std::size_t rowsPerTick = 10'000;

} // namespace

RecordFinder::RecordFinder(std::shared_ptr<const RecordStore> capture, const RecordTableModel *model)
    : m_capture(std::move(capture)), m_model(model)
{
}

void RecordFinder::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    restart();
}

void RecordFinder::restart()
{
    m_rows.clear();
    m_unsure.clear();
    m_sure = 0;
    m_searchedTo = 0;
    m_viewFilter = m_model->filter();
    if (m_text.isEmpty()) {
        m_search.reset();
        return;
    }
    if (!m_search)
        m_search = std::make_unique<CaptureSearch>(m_capture);
    // As it stands, whatever it would mean as an expression.
    std::string quoted;
    expression::appendQuoted(m_text.toStdString(), quoted);
    CaptureFilter filter = m_viewFilter;
    if (!m_viewFilter.alwaysExpression()) {
        filter.expressions.push_back({std::move(quoted), true});
    } else {
        // What is always shown passes every other part: so all that have the text are asked for, and looked up.
        filter = {};
        filter.text = std::move(quoted);
    }
    m_generation = m_search->setFilter(std::move(filter));
}

bool RecordFinder::refresh()
{
    if (!m_search)
        return false;
    if (m_model->filter() != m_viewFilter)
        restart();
    const std::uint64_t searchedBefore = m_searchedTo;
    const std::size_t before = m_rows.size();
    m_search->advance(m_model->snapshot().endRow());
    CaptureSearch::Found found = m_search->take();
    if (found.generation == m_generation) {
        m_searchedTo = found.searchedTo;
        auto &rows = !m_viewFilter.alwaysExpression() ? m_rows : m_unsure;
        rows.insert(rows.end(), found.rows.begin(), found.rows.end());
    }
    const bool more = takeShown();
    const auto gone = std::ranges::lower_bound(m_rows, m_model->snapshot().firstRow());
    const bool evicted = gone != m_rows.begin();
    m_rows.erase(m_rows.begin(), gone);
    return more || evicted || m_rows.size() != before || m_searchedTo != searchedBefore;
}

bool RecordFinder::takeShown()
{
    const int shown = m_model->rowCount();
    const std::uint64_t last = shown > 0 ? m_model->rowNumber(shown - 1) : 0;
    const std::size_t end = std::min(m_unsure.size(), m_sure + rowsPerTick);
    const std::size_t begin = m_sure;
    // What lies behind the last row shown may still be shown: the view's own search may be behind.
    for (; m_sure < end && shown > 0 && m_unsure[m_sure] <= last; ++m_sure) {
        if (m_model->isShown(m_unsure[m_sure]))
            m_rows.push_back(m_unsure[m_sure]);
    }
    if (m_sure == m_unsure.size()) {
        m_unsure.clear();
        m_sure = 0;
        return false;
    }
    return m_sure > begin;
}

bool RecordFinder::isSearching() const
{
    return m_search && (m_searchedTo < m_model->snapshot().endRow() || m_model->isSearching());
}

std::size_t RecordFinder::numberOf(std::uint64_t row) const
{
    const auto at = std::ranges::lower_bound(m_rows, row);
    return at != m_rows.end() && *at == row ? static_cast<std::size_t>(at - m_rows.begin()) + 1 : 0;
}

std::optional<std::uint64_t> RecordFinder::next(std::optional<std::uint64_t> row) const
{
    if (m_rows.empty())
        return std::nullopt;
    const auto at = row ? std::ranges::upper_bound(m_rows, *row) : m_rows.begin();
    return at == m_rows.end() ? m_rows.front() : *at;
}

std::optional<std::uint64_t> RecordFinder::nearest(std::uint64_t row) const
{
    const auto at = std::ranges::lower_bound(m_rows, row);
    if (at != m_rows.end())
        return *at;
    return m_rows.empty() || isSearching() ? std::nullopt : std::optional(m_rows.back());
}

std::optional<std::uint64_t> RecordFinder::previous(std::optional<std::uint64_t> row) const
{
    if (m_rows.empty())
        return std::nullopt;
    const auto at = row ? std::ranges::lower_bound(m_rows, *row) : m_rows.end();
    return at == m_rows.begin() ? m_rows.back() : *(at - 1);
}

} // namespace sluice
