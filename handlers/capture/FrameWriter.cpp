#include "capture/FrameWriter.h"

#include <zstd.h>

namespace sluice {

namespace {

/// Text of logs packs to a quarter or less at this level, at the speed of a disk.
constexpr int packingLevel = 1;

} // namespace

FrameWriter::FrameWriter(std::shared_ptr<const LoggerNames> loggers, std::shared_ptr<const SourceNames> sources,
                         bool withReconnects)
    : m_loggers(std::move(loggers)), m_sources(std::move(sources)), m_withReconnects(withReconnects),
      m_packer(ZSTD_createCCtx(), ZSTD_freeCCtx)
{
}

FrameWriter::~FrameWriter() = default;

std::string_view FrameWriter::begin(std::uint64_t firstRow)
{
    frame::Header header;
    header.firstRow = firstRow;
    header.summaryCrc = frame::checksum({});
    header.payloadCrc = frame::checksum({});
    m_frame.clear();
    frame::appendHeader(header, m_frame);
    return m_frame;
}

std::string_view FrameWriter::block(const CaptureBlock &block, const PageSummary &summary, bool beginsSession)
{
    frame::Header header;
    header.kind = frame::Kind::Block;
    header.rowCount = block.rowCount();
    header.firstRow = block.firstRow();
    header.beginsSession = beginsSession;
    return make(header, summary, block, block.allText());
}

std::string_view FrameWriter::part(const CaptureBlock &block, Place &place, bool beginsSession)
{
    // First the rows: the text that is there then is theirs at least.
    const std::uint32_t rows = block.rowCount();
    const std::string_view text = block.allText();
    if (rows == place.rows)
        return {};
    frame::Header header;
    header.kind = frame::Kind::Part;
    header.rowCount = rows - place.rows;
    header.firstRow = block.firstRow() + place.rows;
    header.rowBase = place.rows;
    header.textBase = place.text;
    header.beginsSession = beginsSession && place.rows == 0;
    const std::string_view made =
        make(header, PageSummary::of(block, place.rows, rows), block, text.substr(place.text));
    place = {rows, static_cast<std::uint32_t>(text.size())};
    return made;
}

std::string_view FrameWriter::make(frame::Header header, const PageSummary &page, const CaptureBlock &block,
                                    std::string_view text)
{
    frame::Summary summary;
    summary.page = page;
    for (const PageSummary::LoggerCount &count : page.loggers) {
        if (count.logger != LoggerNames::other)
            summary.loggers.push_back({count.logger, std::string(m_loggers->name(count.logger))});
    }
    for (const PageSummary::SourceCount &count : page.sources) {
        if (count.source == SourceNames::other)
            continue;
        const SourceNames::Name name = m_sources->name(count.source);
        summary.sources.push_back({count.source, std::string(name.receiver), std::string(name.peer),
                                   std::string(name.process)});
    }
    if (m_withReconnects)
        summary.reconnects = m_sources->reconnects(header.firstRow, header.firstRow + header.rowCount);
    for (SourceNames::Reconnect &one : summary.reconnects)
        one.row -= header.firstRow;
    m_summary.clear();
    frame::appendSummary(summary, m_summary);

    m_plain.assign(text);
    for (std::uint32_t i = 0; i < header.rowCount; ++i) {
        const CaptureBlock::Row row = block.row(header.rowBase + i);
        m_plain.append(reinterpret_cast<const char *>(&row), sizeof row);
    }
    m_packed.resize(ZSTD_compressBound(m_plain.size()));
    const std::size_t packed = ZSTD_compressCCtx(m_packer.get(), m_packed.data(), m_packed.size(), m_plain.data(),
                                                 m_plain.size(), packingLevel);
    header.isPacked = !ZSTD_isError(packed) && packed < m_plain.size();
    const std::string_view payload =
        header.isPacked ? std::string_view(m_packed).substr(0, packed) : std::string_view(m_plain);

    header.textBytes = static_cast<std::uint32_t>(text.size());
    header.summaryBytes = static_cast<std::uint32_t>(m_summary.size());
    header.storedBytes = static_cast<std::uint32_t>(payload.size());
    header.summaryCrc = frame::checksum(m_summary);
    header.payloadCrc = frame::checksum(payload);
    m_header = header;
    m_frame.clear();
    m_frame.reserve(header.frameBytes());
    frame::appendHeader(header, m_frame);
    m_frame += m_summary;
    m_frame += payload;
    return m_frame;
}

} // namespace sluice
