#pragma once

#include "capture/CaptureBlock.h"
#include "capture/LoggerNames.h"
#include "record/LogRecordBatch.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace sluice {

/// What a table shows of a record. The text lives as long as the snapshot it came from.
struct RowView
{
    Nanoseconds created = 0;
    int levelno = 0;
    std::uint32_t loggerNumber = 0; ///< in LoggerNames; LoggerNames::other if it has none
    std::string_view levelname;
    std::string_view logger;
    std::string_view message;
    std::string_view exception; ///< exc_text
};

/// The rows of a capture at a moment. Cheap to copy; keeps its blocks alive, even those that the capture has
/// let go since. For one thread; copies may go to others.
class CaptureSnapshot
{
public:
    struct BlockList
    {
        std::uint64_t firstRow = 0; ///< where the blocks begin, or would
        std::vector<std::shared_ptr<const CaptureBlock>> blocks;
    };

    CaptureSnapshot() : m_list(std::make_shared<BlockList>()) {}
    CaptureSnapshot(std::shared_ptr<const BlockList> list, std::shared_ptr<const LoggerNames> loggers);

    std::uint64_t firstRow() const { return m_list->firstRow; }
    std::uint64_t endRow() const { return m_endRow; }
    std::uint64_t size() const { return m_endRow - firstRow(); }
    bool contains(std::uint64_t row) const { return row >= firstRow() && row < m_endRow; }

    /// The columns alone. `row` must be contained.
    CaptureBlock::Row columns(std::uint64_t row) const;
    RowView view(std::uint64_t row) const;

    /// The whole record, every attribute and extra with its type, added to `batch`, which owns all of it.
    const LogRecord &record(std::uint64_t row, LogRecordBatch &batch) const;

private:
    const CaptureBlock &blockOf(std::uint64_t row) const;

    std::shared_ptr<const BlockList> m_list;
    std::shared_ptr<const LoggerNames> m_loggers;
    std::uint64_t m_endRow = 0;
    mutable std::size_t m_lastBlock = 0; ///< neighbours are asked for one after the other
};

} // namespace sluice
