#include "capture/CaptureSnapshot.h"

#include "capture/PageLoader.h"
#include "capture/RecordCodec.h"

#include <algorithm>

namespace sluice {

CaptureSnapshot::CaptureSnapshot(std::shared_ptr<const PageList> list,
                                 std::shared_ptr<const LoggerNames> loggers,
                                 std::shared_ptr<PageLoader> loader)
    : m_list(std::move(list)), m_loggers(std::move(loggers)), m_loader(std::move(loader)),
      m_endRow(m_list->pages.empty() ? m_list->firstRow : m_list->pages.back()->endRow())
{
}

std::uint32_t CaptureSnapshot::rowsOf(std::size_t index) const
{
    const std::uint64_t end =
        index + 1 < m_list->pages.size() ? m_list->pages[index + 1]->firstRow() : m_endRow;
    const CapturePage &page = *m_list->pages[index];
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(end - page.firstRow(), page.rowCount()));
}

std::size_t CaptureSnapshot::pageOf(std::uint64_t row) const
{
    const auto &pages = m_list->pages;
    if (m_lastPage < pages.size() && row >= pages[m_lastPage]->firstRow() &&
        row < pages[m_lastPage]->endRow())
        return m_lastPage;
    const auto behind =
        std::ranges::upper_bound(pages, row, {}, [](const auto &page) { return page->firstRow(); });
    return static_cast<std::size_t>(behind - pages.begin()) - 1;
}

const CaptureBlock *CaptureSnapshot::load(std::uint64_t row) const
{
    const std::size_t page = pageOf(row);
    if (page == m_lastPage && m_block)
        return m_block.get();
    m_lastPage = page;
    m_block.reset();
    Result<std::shared_ptr<const CaptureBlock>> block = m_list->pages[page]->load();
    if (block)
        m_block = std::move(*block);
    else
        m_lost = block.error().text;
    return m_block.get();
}

bool CaptureSnapshot::find(std::uint64_t row) const
{
    const std::size_t page = pageOf(row);
    if (page == m_lastPage && m_block)
        return true;
    m_lastPage = page;
    m_block = m_list->pages[page]->resident();
    if (m_block)
        return true;
    if (const auto failure = m_list->pages[page]->failure()) {
        m_lost = failure->text;
        return true;
    }
    if (m_loader)
        m_loader->request(m_list->pages[page]);
    return false;
}

CaptureBlock::Row CaptureSnapshot::lostColumns() const
{
    const PageSummary *summary = m_list->pages[m_lastPage]->summary();
    return {summary ? summary->minCreated : 0, 0, 0, 0, LoggerNames::other};
}

CaptureBlock::Row CaptureSnapshot::columns(std::uint64_t row) const
{
    return load(row) ? m_block->row(indexOf(row)) : lostColumns();
}

std::optional<CaptureBlock::Row> CaptureSnapshot::tryColumns(std::uint64_t row) const
{
    if (!find(row))
        return std::nullopt;
    return m_block ? m_block->row(indexOf(row)) : lostColumns();
}

RowView CaptureSnapshot::viewOf(const CaptureBlock &block, std::uint32_t index) const
{
    const CaptureBlock::Row columns = block.row(index);
    const char *site = block.text(columns.site);
    const char *text = block.text(columns.text);
    RowView view;
    view.created = columns.created;
    view.levelno = columns.levelno;
    view.loggerNumber = columns.logger;
    view.source = codec::siteSource(site);
    view.levelname = codec::siteLevelname(site);
    view.logger =
        columns.logger == LoggerNames::other ? codec::siteName(site) : m_loggers->name(columns.logger);
    view.message = codec::textMessage(text);
    view.exception = codec::textException(text);
    return view;
}

RowView CaptureSnapshot::lostView() const
{
    RowView view;
    view.created = lostColumns().created;
    view.message = m_lost;
    view.lost = true;
    return view;
}

RowView CaptureSnapshot::view(std::uint64_t row) const
{
    return load(row) ? viewOf(*m_block, indexOf(row)) : lostView();
}

std::optional<RowView> CaptureSnapshot::tryView(std::uint64_t row) const
{
    if (!find(row))
        return std::nullopt;
    return m_block ? viewOf(*m_block, indexOf(row)) : lostView();
}

const LogRecord &CaptureSnapshot::lostRecord(LogRecordBatch &batch) const
{
    LogRecord &record = batch.add();
    record.created = lostColumns().created;
    record.set(Attribute::Msg, Value::text(batch.arena().copy(m_lost)));
    return record;
}

const LogRecord &CaptureSnapshot::record(std::uint64_t row, LogRecordBatch &batch) const
{
    return load(row) ? *tryRecord(row, batch) : lostRecord(batch);
}

const LogRecord *CaptureSnapshot::tryRecord(std::uint64_t row, LogRecordBatch &batch) const
{
    if (!find(row))
        return nullptr;
    if (!m_block)
        return &lostRecord(batch);
    const CaptureBlock::Row columns = m_block->row(indexOf(row));
    LogRecord &record = batch.add();
    codec::decode(m_block->text(columns.site), m_block->text(columns.text), record, batch.arena());
    record.created = columns.created;
    return &record;
}

} // namespace sluice
