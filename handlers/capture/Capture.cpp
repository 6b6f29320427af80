#include "capture/Capture.h"

#include "base/Utf8.h"
#include "capture/RecordCodec.h"
#include "format/Formatter.h"
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

Capture::Capture(const Options &options) : m_options(options), m_list(std::make_shared<BlockList>()) {}

Capture::~Capture() = default;

void Capture::append(RecordSpan records)
{
    {
        const std::lock_guard lock(m_writeMutex);
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
    m_site.clear();
    codec::appendSite(record, m_site);
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
        codec::appendSite(remainder, m_site);
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
    if (row.levelno >= level::Error)
        bump(m_errors);
    ++m_nextRow;
}

CaptureBlock &Capture::blockFor(std::size_t textBytes)
{
    if (m_block && m_block->fits(textBytes))
        return *m_block;
    if (m_block)
        m_block->publish();
    const std::size_t bytes = std::max(m_options.blockBytes, textBytes + sizeof(CaptureBlock::Row));
    auto list = std::make_shared<BlockList>(*m_list);
    evict(*list, bytes);
    m_block = std::make_shared<CaptureBlock>(m_nextRow, bytes);
    m_allocated += m_block->capacity();
    m_sites.clear();
    list->blocks.push_back(m_block);
    const std::lock_guard lock(m_listMutex);
    m_list = std::move(list);
    return *m_block;
}

void Capture::evict(BlockList &list, std::size_t incomingBytes)
{
    std::size_t gone = 0;
    while (gone < list.blocks.size() && m_allocated + incomingBytes > m_options.budget) {
        const CaptureBlock &block = *list.blocks[gone++];
        for (std::uint32_t i = 0; i < block.rowCount(); ++i)
            m_loggers->count(block.row(i).logger, -1);
        m_allocated -= block.capacity();
        bump(m_evicted, block.rowCount());
        list.firstRow = block.endRow();
    }
    list.blocks.erase(list.blocks.begin(), list.blocks.begin() + static_cast<std::ptrdiff_t>(gone));
}

void Capture::publish()
{
    if (m_block) {
        m_block->publish();
        m_bytes.store(m_allocated - m_block->capacity() + m_block->used(), std::memory_order_relaxed);
    }
    m_endRow.store(m_nextRow, std::memory_order_release);
}

void Capture::clear()
{
    {
        const std::lock_guard lock(m_writeMutex);
        auto empty = std::make_shared<BlockList>();
        empty->firstRow = m_nextRow;
        m_block.reset();
        m_sites.clear();
        m_allocated = 0;
        m_bytes.store(0, std::memory_order_relaxed);
        m_errors.store(0, std::memory_order_relaxed);
        m_loggers->resetCounts();
        const std::lock_guard listLock(m_listMutex);
        m_list = std::move(empty);
    }
    wake();
}

CaptureSnapshot Capture::snapshot() const
{
    std::shared_ptr<const BlockList> list;
    {
        const std::lock_guard lock(m_listMutex);
        list = m_list;
    }
    return CaptureSnapshot(std::move(list), m_loggers);
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
    figures.bytes = m_bytes.load(std::memory_order_relaxed);
    figures.budget = m_options.budget;
    return figures;
}

void Capture::setWaker(std::function<void()> waker) { m_waker = std::move(waker); }

void Capture::wake()
{
    if (m_wakerArmed.exchange(false, std::memory_order_seq_cst) && m_waker)
        m_waker();
}

} // namespace sluice
