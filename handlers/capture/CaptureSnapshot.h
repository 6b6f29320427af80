#pragma once

#include "capture/CapturePage.h"
#include "capture/LoggerNames.h"
#include "record/LogRecordBatch.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace sluice {

class PageLoader;

/// What a table shows of a record. The text lives until the snapshot it came from is asked for another row, or
/// as long as the block it stands in is held.
struct RowView
{
    Nanoseconds created = 0;
    int levelno = 0;
    std::uint32_t loggerNumber = LoggerNames::other; ///< in LoggerNames; LoggerNames::other if it has none
    std::uint32_t source = 0xFFFFFFFF;               ///< in SourceNames; SourceNames::other if it has none
    std::string_view levelname;
    std::string_view logger;
    std::string_view message;
    std::string_view exception; ///< exc_text
    /// The record cannot be read any more; the message says why.
    bool lost = false;
};

/// The rows of a capture at a moment. Cheap to copy; keeps its pages, even those that the capture has let go
/// since. For one thread; copies may go to others.
///
/// The functions that begin with try never wait: where a page is not in memory they answer nothing, and ask for
/// it; the capture's waker is called when it is there. The others may read from a disk.
class CaptureSnapshot
{
public:
    struct PageList
    {
        std::uint64_t firstRow = 0; ///< where the pages begin, or would
        std::vector<std::shared_ptr<const CapturePage>> pages;
    };

    CaptureSnapshot() : m_list(std::make_shared<PageList>()) {}
    CaptureSnapshot(std::shared_ptr<const PageList> list, std::shared_ptr<const LoggerNames> loggers,
                    std::shared_ptr<PageLoader> loader);

    std::uint64_t firstRow() const { return m_list->firstRow; }
    std::uint64_t endRow() const { return m_endRow; }
    std::uint64_t size() const { return m_endRow - firstRow(); }
    bool contains(std::uint64_t row) const { return row >= firstRow() && row < m_endRow; }

    std::size_t pageCount() const { return m_list->pages.size(); }
    const std::shared_ptr<const CapturePage> &page(std::size_t index) const { return m_list->pages[index]; }
    /// Rows of a page that are in this snapshot: fewer than it has, if it has grown since.
    std::uint32_t rowsOf(std::size_t index) const;
    /// Which page has the row, which must be contained.
    std::size_t pageOf(std::uint64_t row) const;

    /// The columns alone. `row` must be contained. Of a lost record: the first time of its page.
    CaptureBlock::Row columns(std::uint64_t row) const;
    std::optional<CaptureBlock::Row> tryColumns(std::uint64_t row) const;

    RowView view(std::uint64_t row) const;
    std::optional<RowView> tryView(std::uint64_t row) const;
    /// A row of a page's block that the caller holds, as long as which the text lives.
    RowView viewOf(const CaptureBlock &block, std::uint32_t index) const;

    /// The whole record, every attribute and extra with its type, added to `batch`, which owns all of it.
    const LogRecord &record(std::uint64_t row, LogRecordBatch &batch) const;
    const LogRecord *tryRecord(std::uint64_t row, LogRecordBatch &batch) const;

private:
    /// The block with the row, now m_block; null if it cannot be had: then m_lost says why.
    const CaptureBlock *load(std::uint64_t row) const;
    /// As load(), but does not wait: false if the page has to be loaded first.
    bool find(std::uint64_t row) const;
    CaptureBlock::Row lostColumns() const;
    RowView lostView() const;
    const LogRecord &lostRecord(LogRecordBatch &batch) const;
    std::uint32_t indexOf(std::uint64_t row) const
    {
        return static_cast<std::uint32_t>(row - m_block->firstRow());
    }

    std::shared_ptr<const PageList> m_list;
    std::shared_ptr<const LoggerNames> m_loggers;
    std::shared_ptr<PageLoader> m_loader;
    std::uint64_t m_endRow = 0;

    // Neighbours are asked for one after the other.
    mutable std::size_t m_lastPage = 0;
    mutable std::shared_ptr<const CaptureBlock> m_block; ///< of m_lastPage, if it is not null
    mutable std::string m_lost;
};

} // namespace sluice
