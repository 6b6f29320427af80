#pragma once

#include "capture/CaptureSearch.h"
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

private:
    void restart();
    bool takeShown();

    const std::shared_ptr<const RecordStore> m_capture;
    const RecordTableModel *const m_model;
    std::unique_ptr<CaptureSearch> m_search; ///< from the first text on: most views never find
    QString m_text;
    CaptureFilter m_viewFilter;
    std::uint64_t m_generation = 0;
    std::uint64_t m_searchedTo = 0;
    std::vector<std::uint64_t> m_rows;
    std::vector<std::uint64_t> m_unsure; ///< found, but the view may hide them
    std::size_t m_sure = 0;              ///< so many of m_unsure have been looked at
};

} // namespace sluice
