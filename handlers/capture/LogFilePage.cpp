#include "capture/LogFilePage.h"

#include "base/Utf8.h"
#include "capture/RecordCodec.h"
#include "capture/RecordEncoder.h"
#include "capture/RecordScanner.h"
#include "text/TextLines.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice {

namespace {

constexpr std::size_t maxRecordBytes = std::size_t{16} << 20;
/// A page is larger than this only if one record is: of that, the beginning is shown.
constexpr std::uint64_t maxPageBytes = 4 * maxRecordBytes;

} // namespace

LogFilePage::LogFilePage(std::uint64_t firstRow, std::uint32_t rows, std::uint64_t offset, std::uint64_t bytes,
                         std::shared_ptr<LogFileText> text, std::shared_ptr<PageCache> cache)
    : CachedPage(firstRow, std::move(cache)), m_rows(rows), m_offset(offset), m_bytes(bytes),
      m_text(std::move(text))
{
}

Result<std::string> LogFilePage::readText() const
{
    std::string text(static_cast<std::size_t>(std::min(m_bytes, maxPageBytes)), '\0');
    const auto read = m_text->file.readAt(m_offset, text);
    if (!read)
        return read.error();
    if (*read != text.size())
        return Error{"This record is gone: " + m_text->file.path() + " has become shorter."};
    return text;
}

Result<std::shared_ptr<const CaptureBlock>> LogFilePage::read() const
{
    const Result<std::string> whole = readText();
    if (!whole)
        return whole.error();
    // As RecordScanner cuts it.
    std::vector<std::size_t> begins;
    TextLines lines(*whole);
    while (lines.next()) {
        const auto at = static_cast<std::size_t>(lines.line().data() - whole->data());
        if (at == 0 || RecordScanner::begins(*m_text->format, lines.line()))
            begins.push_back(at);
    }
    if (begins.size() != m_rows)
        return Error{"This record is gone: " + m_text->file.path() + " has been changed."};
    begins.push_back(whole->size());

    TextContext context(m_text->zone, m_text->modified);
    LogRecordBatch batch;
    RecordEncoder encoder(maxRecordBytes);
    std::unordered_map<std::string, std::uint32_t> sites;
    std::unordered_map<std::string, std::uint32_t> loggers;
    std::string text;
    text.reserve(whole->size() + m_rows * 16);
    std::vector<CaptureBlock::Row> rows;
    rows.reserve(m_rows);
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
        batch.clear();
        m_text->format->parse(std::string_view(*whole).substr(begins[i], begins[i + 1] - begins[i]), batch, context);
        const LogRecord &record = batch.records().front();
        if (encoder.encode(record, m_text->source))
            m_text->counts->shortened.fetch_add(1, std::memory_order_relaxed);
        CaptureBlock::Row row;
        row.created = record.created;
        row.levelno = record.levelno;
        const auto put = [&](const std::string &bytes) {
            const auto at = static_cast<std::uint32_t>(text.size());
            text += bytes;
            return at;
        };
        const auto [site, isNew] = sites.try_emplace(encoder.site(), 0);
        if (isNew)
            site->second = put(encoder.site());
        row.site = site->second;
        row.text = put(encoder.text());
        const auto [logger, isNewName] = loggers.try_emplace(std::string(record.name()), 0);
        if (isNewName) {
            const std::lock_guard lock(m_text->counts->mutex);
            logger->second = m_text->counts->loggers->intern(record.name());
        }
        row.logger = logger->second;
        rows.push_back(row);
    }
    auto block = std::make_shared<CaptureBlock>(firstRow(), text.size() + rows.size() * sizeof(CaptureBlock::Row));
    block->putText(text);
    for (const CaptureBlock::Row &row : rows)
        block->putRow(row);
    block->publish();

    const std::lock_guard lock(m_text->counts->mutex);
    if (!m_isSummed.load(std::memory_order_relaxed)) {
        m_summary = PageSummary::of(*block);
        m_isSummed.store(true, std::memory_order_release);
        if (!m_isDiscounted) {
            for (const PageSummary::LoggerCount &count : m_summary.loggers)
                m_text->counts->loggers->count(count.logger, count.rows);
            m_text->counts->sources->count(m_text->source, m_rows, m_summary.errors());
            m_text->counts->sources->noticeTime(m_text->source, m_summary.maxCreated);
            m_text->counts->errors.fetch_add(m_summary.errors(), std::memory_order_relaxed);
        }
    }
    return std::shared_ptr<const CaptureBlock>(std::move(block));
}

void LogFilePage::summarize() const
{
    if (!summary())
        (void)read();
}

void LogFilePage::discount() const
{
    const std::lock_guard lock(m_text->counts->mutex);
    if (m_isSummed.load(std::memory_order_relaxed) && !m_isDiscounted) {
        for (const PageSummary::LoggerCount &count : m_summary.loggers)
            m_text->counts->loggers->count(count.logger, -std::int64_t{count.rows});
        m_text->counts->sources->count(m_text->source, -std::int64_t{m_rows}, -std::int64_t{m_summary.errors()});
        m_text->counts->errors.fetch_sub(m_summary.errors(), std::memory_order_relaxed);
    }
    m_isDiscounted = true;
}

bool LogFilePage::mayContain(std::string_view literal) const
{
    // Other formats write their messages otherwise than they show them (JSON's escapes), and so does a text with
    // colours or broken characters in it.
    const std::string &format = m_text->format->name();
    if (resident() || literal.find('\n') != literal.npos || !(format == "plain" || format.starts_with("python-")))
        return true;
    const Result<std::string> text = readText();
    if (!text || text->size() < m_bytes || text->find('\x1B') != text->npos || !utf8::isValid(*text))
        return true;
    return text->find(literal) != text->npos;
}

} // namespace sluice
