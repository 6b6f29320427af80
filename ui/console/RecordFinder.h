#pragma once

#include "capture/CaptureSearch.h"
#include "capture/TimeSorter.h"
#include "console/RecordTableModel.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sluice {

/// The rows of a view that contain a text: a second search over the capture, which counts while it still runs.
/// For the UI thread; call refresh() on the clock's ticks.
class RecordFinder
{
public:
    RecordFinder(std::shared_ptr<const RecordStore> capture, const RecordTableModel *model);

    /// Empty: nothing is found, and nothing is searched.
    void setText(const QString &text);
    const QString &text() const { return m_text; }

    /// Takes what was found by now. True if something has changed.
    bool refresh();

    bool isSearching() const;
    std::size_t count() const { return m_rows.size(); }
    /// Which of those found it is, counted from 1; 0 if it is none.
    std::size_t numberOf(std::uint64_t row) const;
    /// The next one behind a row, from the first one on if there is none; none if nothing is found.
    std::optional<std::uint64_t> next(std::optional<std::uint64_t> row) const;
    std::optional<std::uint64_t> previous(std::optional<std::uint64_t> row) const;
    /// The first one at or behind a row, else the last one before it; none as long as that is not known.
    std::optional<std::uint64_t> nearest(std::uint64_t row) const;
    /// The first one that came as that row or after it, whatever the order.
    std::optional<std::uint64_t> nextThatCame(std::uint64_t row) const;

private:
    void restart();
    bool takeShown();
    /// Brings what was found into the view's order. True if something has changed.
    bool sort();
    std::size_t shownSize() const { return m_inTime ? m_inTime->size() : m_rows.size(); }
    std::uint64_t rowAt(std::size_t number) const { return m_inTime ? m_inTime->at(number) : m_rows.at(number); }
    /// How many of those found stand before a row; with `behind`, before what follows it.
    std::size_t countBefore(std::uint64_t row, bool behind) const;

    const std::shared_ptr<const RecordStore> m_capture;
    const RecordTableModel *const m_model;
    std::unique_ptr<CaptureSearch> m_search; ///< from the first text on: most views never find
    QString m_text;
    CaptureFilter m_viewFilter;
    std::uint64_t m_generation = 0;
    std::uint64_t m_searchedTo = 0;
    RowList m_rows = RowList::list(); ///< found, as they came
    std::uint64_t m_rowsGeneration = 1;
    std::unique_ptr<TimeSorter> m_sorter; ///< while the view is by time
    std::shared_ptr<const TimeSorter::Moment> m_sorted;
    std::optional<ShownRows> m_inTime;
    std::vector<std::uint64_t> m_unsure; ///< found, but the view may hide them
    std::size_t m_sure = 0;              ///< so many of m_unsure have been looked at
};

} // namespace sluice
