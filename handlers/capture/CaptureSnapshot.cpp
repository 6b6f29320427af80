#include "capture/CaptureSnapshot.h"

#include "capture/RecordCodec.h"

#include <algorithm>

namespace sluice {

CaptureSnapshot::CaptureSnapshot(std::shared_ptr<const BlockList> list,
                                 std::shared_ptr<const LoggerNames> loggers)
    : m_list(std::move(list)), m_loggers(std::move(loggers)),
      m_endRow(m_list->blocks.empty() ? m_list->firstRow : m_list->blocks.back()->endRow())
{
}

const CaptureBlock &CaptureSnapshot::blockOf(std::uint64_t row) const
{
    const auto &blocks = m_list->blocks;
    if (m_lastBlock < blocks.size()) {
        const CaptureBlock &last = *blocks[m_lastBlock];
        if (row >= last.firstRow() && row < last.endRow())
            return last;
    }
    const auto behind =
        std::ranges::upper_bound(blocks, row, {}, [](const auto &block) { return block->firstRow(); });
    m_lastBlock = static_cast<std::size_t>(behind - blocks.begin()) - 1;
    return *blocks[m_lastBlock];
}

CaptureBlock::Row CaptureSnapshot::columns(std::uint64_t row) const
{
    const CaptureBlock &block = blockOf(row);
    return block.row(static_cast<std::uint32_t>(row - block.firstRow()));
}

RowView CaptureSnapshot::view(std::uint64_t row) const
{
    const CaptureBlock &block = blockOf(row);
    const CaptureBlock::Row columns = block.row(static_cast<std::uint32_t>(row - block.firstRow()));
    const char *site = block.text(columns.site);
    const char *text = block.text(columns.text);
    RowView view;
    view.created = columns.created;
    view.levelno = columns.levelno;
    view.loggerNumber = columns.logger;
    view.levelname = codec::siteLevelname(site);
    view.logger =
        columns.logger == LoggerNames::other ? codec::siteName(site) : m_loggers->name(columns.logger);
    view.message = codec::textMessage(text);
    view.exception = codec::textException(text);
    return view;
}

const LogRecord &CaptureSnapshot::record(std::uint64_t row, LogRecordBatch &batch) const
{
    const CaptureBlock &block = blockOf(row);
    const CaptureBlock::Row columns = block.row(static_cast<std::uint32_t>(row - block.firstRow()));
    LogRecord &record = batch.add();
    codec::decode(block.text(columns.site), block.text(columns.text), record, batch.arena());
    record.created = columns.created;
    return record;
}

} // namespace sluice
