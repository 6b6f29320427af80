#include "capture/Capture.h"

#include "base/Utf8.h"
#include "capture/RecordCodec.h"
#include "format/Formatter.h"
#include "record/DeliveryTracker.h"
#include "record/Level.h"

#include <algorithm>

namespace sluice {

namespace {

/// As much of `text` as `bytes` hold without cutting a character.
std::string_view beginning(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    return text.substr(0, bytes);
}

void bump(std::atomic<std::uint64_t> &counter, std::uint64_t by = 1)
{
    counter.fetch_add(by, std::memory_order_relaxed);
}

} // namespace

Capture::Capture(const Options &options)
    : m_options(options), m_cache(std::make_shared<PageCache>(options.budget)),
      m_list(std::make_shared<PageList>())
{
}

Capture::~Capture() = default;

void Capture::append(RecordSpan records)
{
    {
        const std::lock_guard lock(m_writeMutex);
        m_lastSource = SourceNames::other;
        m_lastTracker = nullptr;
        m_lastProcess = {};
        for (const LogRecord *record : records)
            appendRecord(*record);
        publish();
    }
    wake();
}

void Capture::appendRecord(const LogRecord &record)
{
    m_message.clear();
    if (!appendMessage(record, m_message))
        m_message.assign(
            record.text(Attribute::Msg)); // args that do not fit their message: both are shown as they are
    const std::uint32_t source = sourceOf(record);
    m_site.clear();
    codec::appendSite(record, source, m_site);
    m_text.clear();
    codec::appendText(record, m_message, m_text);

    if (m_site.size() + m_text.size() > m_options.maxRecordBytes) {
        LogRecord remainder;
        const std::size_t share = m_options.maxRecordBytes / 8;
        remainder.created = record.created;
        remainder.set(Attribute::Name, Value::text(beginning(record.name(), share)));
        remainder.set(Attribute::Levelname, Value::text(beginning(record.levelname(), share)));
        remainder.set(Attribute::Levelno, Value::integer(record.levelno));
        const std::size_t whole = m_site.size() + m_text.size();
        m_message.resize(beginning(m_message, share * 4).size());
        m_message += "… [shortened: the record took " + std::to_string(whole) + " bytes]";
        remainder.set(Attribute::Msg, Value::text(m_message));
        m_site.clear();
        codec::appendSite(remainder, source, m_site);
        m_text.clear();
        codec::appendText(remainder, m_message, m_text);
        bump(m_shortened);
    }

    CaptureBlock &block = blockFor(m_site.size() + m_text.size());
    auto [site, isNew] = m_sites.try_emplace(m_site, 0);
    if (isNew)
        site->second = block.putText(m_site);
    CaptureBlock::Row row;
    row.created = record.created;
    row.levelno = record.levelno;
    row.site = site->second;
    row.text = block.putText(m_text);
    row.logger = m_loggers->intern(record.name());
    block.putRow(row);
    m_loggers->count(row.logger, 1);
    const bool isError = row.levelno >= level::Error;
    m_sources->count(source, 1, isError);
    m_sources->noticeTime(source, row.created);
    const Value process = record[Attribute::Process];
    m_sources->see(source, m_nextRow,
                   process.kind() == Value::Kind::Int ? std::optional(process.asInt()) : std::nullopt);
    if (isError)
        bump(m_errors);
    ++m_nextRow;
}

std::uint32_t Capture::sourceOf(const LogRecord &record)
{
    const std::string_view process = record.text(Attribute::ProcessName);
    if (m_lastSource != SourceNames::other && record.tracker == m_lastTracker && process == m_lastProcess)
        return m_lastSource;
    m_lastTracker = record.tracker;
    m_lastProcess = process;
    const RecordOrigin origin = record.tracker ? record.tracker->origin() : RecordOrigin();
    m_lastSource = m_sources->intern(origin.receiver, origin.peer, process);
    return m_lastSource;
}

CaptureBlock &Capture::blockFor(std::size_t textBytes)
{
    if (m_block && m_block->fits(textBytes))
        return *m_block;
    sealBlock();
    const std::size_t bytes = std::max(m_options.blockBytes, textBytes + sizeof(CaptureBlock::Row));
    auto list = std::make_shared<PageList>(*m_list);
    m_block = std::make_shared<CaptureBlock>(m_nextRow, bytes);
    m_cache->pin(m_block->capacity());
    evict(*list);
    m_page = std::make_shared<BlockPage>(m_block, m_cache);
    list->pages.push_back(m_page);
    const std::lock_guard lock(m_listMutex);
    m_list = std::move(list);
    return *m_block;
}

void Capture::sealBlock()
{
    if (!m_block)
        return;
    m_block->publish();
    m_page->seal(*m_block);
    m_block.reset();
    m_page.reset();
    m_sites.clear();
}

void Capture::evict(PageList &list)
{
    std::size_t gone = 0;
    while (gone < list.pages.size() && m_cache->bytes() > m_options.budget) {
        const CapturePage &page = *list.pages[gone++];
        discount(*page.summary());
        m_cache->unpin(page.resident()->capacity());
        bump(m_evicted, page.rowCount());
        list.firstRow = page.endRow();
    }
    if (gone == 0)
        return;
    list.pages.erase(list.pages.begin(), list.pages.begin() + static_cast<std::ptrdiff_t>(gone));
    m_sources->forgetBelow(list.firstRow);
}

void Capture::discount(const PageSummary &summary)
{
    for (const PageSummary::LoggerCount &count : summary.loggers)
        m_loggers->count(count.logger, -std::int64_t{count.rows});
    for (const PageSummary::SourceCount &count : summary.sources)
        m_sources->count(count.source, -std::int64_t{count.rows}, -std::int64_t{count.errors});
}

void Capture::publish()
{
    if (m_block) {
        m_block->publish();
        m_page->publish(*m_block);
        m_unused.store(m_block->capacity() - m_block->used(), std::memory_order_relaxed);
    }
    m_endRow.store(m_nextRow, std::memory_order_release);
}

void Capture::clear()
{
    {
        const std::lock_guard lock(m_writeMutex);
        auto empty = std::make_shared<PageList>();
        empty->firstRow = m_nextRow;
        for (const auto &page : m_list->pages)
            m_cache->unpin(page->resident()->capacity());
        m_block.reset();
        m_page.reset();
        m_sites.clear();
        m_unused.store(0, std::memory_order_relaxed);
        m_errors.store(0, std::memory_order_relaxed);
        m_loggers->resetCounts();
        m_sources->resetCounts(m_nextRow);
        const std::lock_guard listLock(m_listMutex);
        m_list = std::move(empty);
    }
    wake();
}

CaptureSnapshot Capture::snapshot() const
{
    std::shared_ptr<const PageList> list;
    {
        const std::lock_guard lock(m_listMutex);
        list = m_list;
    }
    return CaptureSnapshot(std::move(list), m_loggers, loader());
}

Capture::Figures Capture::figures() const
{
    Figures figures;
    {
        const std::lock_guard lock(m_listMutex);
        figures.firstRow = m_list->firstRow;
    }
    figures.endRow = std::max(endRow(), figures.firstRow);
    figures.evicted = m_evicted.load(std::memory_order_relaxed);
    figures.shortened = m_shortened.load(std::memory_order_relaxed);
    figures.errors = m_errors.load(std::memory_order_relaxed);
    const std::size_t allocated = m_cache->bytes();
    figures.bytes = allocated - std::min(allocated, m_unused.load(std::memory_order_relaxed));
    figures.budget = m_options.budget;
    return figures;
}

} // namespace sluice
