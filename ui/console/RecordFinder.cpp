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
    m_rows = RowList::list();
    ++m_rowsGeneration;
    m_inTime.reset();
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
        if (!m_viewFilter.alwaysExpression())
            m_rows.append(found.rows);
        else
            m_unsure.insert(m_unsure.end(), found.rows.begin(), found.rows.end());
    }
    const bool more = takeShown();
    const std::uint64_t firstPlace = m_rows.firstPlace();
    m_rows.removeBelow(m_model->snapshot().firstRow());
    const bool evicted = m_rows.firstPlace() != firstPlace;
    const bool sorted = sort();
    return more || evicted || sorted || m_rows.size() != before || m_searchedTo != searchedBefore;
}

bool RecordFinder::sort()
{
    if (!m_model->isByTime()) {
        m_sorter.reset();
        m_sorted.reset();
        m_inTime.reset();
        return false;
    }
    if (!m_sorter)
        m_sorter = std::make_unique<TimeSorter>([] {});
    if (!m_inTime || m_inTime->size() != m_rows.size() || m_inTime->rows().firstPlace() != m_rows.firstPlace())
        m_sorter->show(m_model->snapshot(), m_rows, m_rowsGeneration);
    const std::shared_ptr<const TimeSorter::Moment> moment = m_sorter->moment();
    if (!moment || moment == m_sorted || moment->generation != m_rowsGeneration)
        return false;
    m_sorted = moment;
    RowList rows = moment->rows;
    rows.removeBelow(m_model->snapshot().firstRow());
    TimeOrder order = moment->order;
    order.removeBelow(rows.firstPlace());
    m_inTime = ShownRows(std::move(rows), std::move(order));
    return true;
}

bool RecordFinder::takeShown()
{
    const RowList &shown = m_model->rows();
    const std::uint64_t last = shown.size() > 0 ? shown.at(shown.size() - 1) : 0;
    std::vector<std::uint64_t> sure;
    const std::size_t end = std::min(m_unsure.size(), m_sure + rowsPerTick);
    const std::size_t begin = m_sure;
    // What lies behind the last row shown may still be shown: the view's own search may be behind.
    for (; m_sure < end && shown.size() > 0 && m_unsure[m_sure] <= last; ++m_sure) {
        const std::size_t at = shown.countBelow(m_unsure[m_sure]);
        if (at < shown.size() && shown.at(at) == m_unsure[m_sure])
            sure.push_back(m_unsure[m_sure]);
    }
    m_rows.append(sure);
    if (m_sure == m_unsure.size()) {
        m_unsure.clear();
        m_sure = 0;
        return false;
    }
    return m_sure > begin;
}

bool RecordFinder::isSearching() const
{
    return m_search && (m_searchedTo < m_model->snapshot().endRow() || m_model->isSearching() ||
                        (m_model->isByTime() && shownSize() != m_rows.size()));
}

std::size_t RecordFinder::countBefore(std::uint64_t row, bool behind) const
{
    if (!m_inTime)
        return m_rows.countBelow(row + behind);
    // Both lists have the same order: what is found stands where the view shows it. What has just come is at its end.
    const ShownRows &shown = m_model->shown();
    const std::size_t place = shown.find(row).value_or(shown.size());
    std::size_t begin = 0;
    for (std::size_t end = m_inTime->size(); begin < end;) {
        const std::size_t middle = begin + (end - begin) / 2;
        const std::size_t at = shown.find(m_inTime->at(middle)).value_or(shown.size());
        if (at < place || (behind && at == place))
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

std::size_t RecordFinder::numberOf(std::uint64_t row) const
{
    const std::size_t at = m_inTime ? m_inTime->find(row).value_or(shownSize()) : m_rows.countBelow(row);
    return at < shownSize() && rowAt(at) == row ? at + 1 : 0;
}

std::optional<std::uint64_t> RecordFinder::next(std::optional<std::uint64_t> row) const
{
    if (shownSize() == 0)
        return std::nullopt;
    const std::size_t at = row ? countBefore(*row, true) : 0;
    return rowAt(at == shownSize() ? 0 : at);
}

std::optional<std::uint64_t> RecordFinder::nearest(std::uint64_t row) const
{
    const std::size_t at = countBefore(row, false);
    if (at < shownSize())
        return rowAt(at);
    return shownSize() == 0 || isSearching() ? std::nullopt : std::optional(rowAt(shownSize() - 1));
}

std::optional<std::uint64_t> RecordFinder::nextThatCame(std::uint64_t row) const
{
    const std::size_t at = m_rows.countBelow(row);
    return at < m_rows.size() ? std::optional(m_rows.at(at)) : std::nullopt;
}

std::optional<std::uint64_t> RecordFinder::previous(std::optional<std::uint64_t> row) const
{
    if (shownSize() == 0)
        return std::nullopt;
    const std::size_t at = row ? countBefore(*row, false) : shownSize();
    return rowAt(at == 0 ? shownSize() - 1 : at - 1);
}

} // namespace sluice
