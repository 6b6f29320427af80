#include "capture/CaptureReader.h"

#include "capture/LostPage.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sluice {

namespace {

/// No damage takes more rows than this; a number that says so is no number of a row.
constexpr std::uint64_t maxGap = std::uint64_t{1} << 24;
/// Read at once: a header and most summaries.
constexpr std::size_t firstBytes = 8 * 1024;
constexpr std::size_t searchBytes = 1024 * 1024;

/// The next place from `offset` on where a header stands; the file's end if there is none.
std::uint64_t nextHeader(const FileReader &file, std::uint64_t offset, std::uint64_t end)
{
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(searchBytes, end - std::min(offset, end))), '\0');
    while (offset < end) {
        const auto read = file.readAt(offset, bytes);
        if (!read || *read == 0)
            return end;
        const std::string_view window = std::string_view(bytes).substr(0, *read);
        for (std::size_t at = window.find(frame::magic); at != window.npos;
             at = window.find(frame::magic, at + 1)) {
            std::array<char, frame::headerBytes> header;
            const auto length = file.readAt(offset + at, header);
            if (length && frame::readHeader({header.data(), *length}))
                return offset + at;
        }
        // Windows overlap by what a magic may lose at their ends; the last one has nothing behind it to step to.
        if (*read < bytes.size() || offset + *read >= end)
            return end;
        offset += *read - frame::magic.size() + 1;
    }
    return end;
}

} // namespace

CaptureReader::CaptureReader(std::shared_ptr<LoggerNames> loggers, std::shared_ptr<SourceNames> sources,
                             std::shared_ptr<PageCache> cache, std::shared_ptr<CaptureDamage> damage)
    : m_loggers(std::move(loggers)), m_sources(std::move(sources)), m_cache(std::move(cache)),
      m_damage(std::move(damage)), m_firstBegin(std::numeric_limits<std::uint64_t>::max())
{
}

Status CaptureReader::addFile(const std::string &path, std::uint64_t number)
{
    m_lastFileBytes = 0;
    Result<FileReader> file = FileReader::open(path);
    if (!file)
        return file.error();
    auto segment = std::make_shared<CaptureSegment>();
    segment->file = std::move(*file);
    segment->name = files::split(path).name;
    segment->number = number;
    const std::uint64_t end = segment->file.size();
    m_lastFileBytes = end;
    std::string bytes;
    std::uint64_t offset = 0;
    bool hasFrames = false;
    m_expected = m_knownEnd;
    while (offset < end) {
        bytes.resize(firstBytes);
        const auto read = segment->file.readAt(offset, bytes);
        if (!read)
            return read.error();
        bytes.resize(*read);
        const std::optional<frame::Header> header = frame::readHeader(bytes);
        if (!header) {
            noteDamage(*segment, offset);
            offset = nextHeader(segment->file, offset + 1, end);
            continue;
        }
        hasFrames = true;
        if (header->kind == frame::Kind::Begin) {
            m_firstBegin = std::min(m_firstBegin, header->firstRow);
            m_expected = header->firstRow;
        } else {
            const std::size_t wanted = frame::headerBytes + header->summaryBytes;
            if (wanted > bytes.size() && offset + wanted <= end) {
                bytes.resize(wanted);
                const auto whole = segment->file.readAt(offset, bytes);
                bytes.resize(whole ? *whole : 0);
            }
            const bool isWhole = offset + header->frameBytes() <= end && bytes.size() >= wanted;
            FramePlace place;
            place.segment = segment;
            place.offset = offset;
            place.header = *header;
            if (!isWhole || !addFrame(std::move(place), std::string_view(bytes).substr(0, wanted).substr(frame::headerBytes)))
                noteDamage(*segment, offset);
            m_expected = header->firstRow + header->rowCount;
        }
        m_knownEnd = std::max(m_knownEnd, m_expected);
        offset += header->frameBytes();
    }
    if (!hasFrames && end > 0)
        return Error{path + " is no capture, or nothing of it can be read."};
    return {};
}

void CaptureReader::noteDamage(const CaptureSegment &segment, std::uint64_t offset)
{
    std::string place = segment.name + " is damaged at byte " + std::to_string(offset);
    m_damage->addPlace(place);
    m_damages.try_emplace(m_expected, std::move(place));
}

bool CaptureReader::addFrame(FramePlace place, std::string_view summaryBytes)
{
    if (frame::checksum(summaryBytes) != place.header.summaryCrc)
        return false;
    std::optional<frame::Summary> summary = frame::readSummary(summaryBytes);
    if (!summary)
        return false;
    if (place.header.kind == frame::Kind::Part && place.header.rowBase > 0) {
        // It goes with the parts before it, if they are all there.
        if (m_frames.empty())
            return false;
        FoundFrame &first = m_frames.back();
        const frame::Header &last = first.furtherParts.empty() ? first.place.header : first.furtherParts.back().header;
        const bool follows = first.place.segment == place.segment && last.kind == frame::Kind::Part &&
                             place.header.rowBase == last.rowBase + last.rowCount &&
                             place.header.textBase == last.textBase + last.textBytes;
        if (!follows)
            return false;
        const auto append = [](auto &to, auto &from) { to.insert(to.end(), from.begin(), from.end()); };
        append(first.summary.loggers, summary->loggers);
        append(first.summary.sources, summary->sources);
        for (SourceNames::Reconnect one : summary->reconnects) {
            one.row += place.header.rowBase;
            first.summary.reconnects.push_back(one);
        }
        first.furtherParts.push_back(std::move(place));
        return true;
    }
    m_frames.push_back({std::move(place), std::move(*summary), {}});
    return true;
}

void CaptureReader::translate(FoundFrame &found)
{
    NumberMap map;
    for (const frame::Summary::LoggerName &logger : found.summary.loggers) {
        const std::uint32_t here = m_loggers->intern(logger.name);
        if (here != logger.number)
            map.loggers.emplace_back(logger.number, here);
    }
    for (const frame::Summary::SourceName &source : found.summary.sources) {
        const std::uint32_t here = m_sources->intern(source.receiver, source.peer, source.process);
        if (here != source.number)
            map.sources.emplace_back(source.number, here);
    }
    std::ranges::sort(map.loggers);
    std::ranges::sort(map.sources);
    found.place.loggers = m_loggers->size();
    found.place.sources = m_sources->size();
    for (PageSummary::LoggerCount &count : found.summary.page.loggers) {
        count.logger = NumberMap::look(map.loggers, count.logger);
        if (count.logger >= found.place.loggers)
            count.logger = LoggerNames::other;
    }
    for (PageSummary::SourceCount &count : found.summary.page.sources) {
        count.source = NumberMap::look(map.sources, count.source);
        if (count.source >= found.place.sources)
            count.source = SourceNames::other;
    }
    for (SourceNames::Reconnect &one : found.summary.reconnects)
        one.source = NumberMap::look(map.sources, one.source);
    std::ranges::sort(found.summary.page.loggers, {}, &PageSummary::LoggerCount::logger);
    std::ranges::sort(found.summary.page.sources, {}, &PageSummary::SourceCount::source);
    if (!map.isIdentity())
        found.place.numbers = std::make_shared<const NumberMap>(std::move(map));
}

std::shared_ptr<BlockPage> CaptureReader::pageOfParts(FoundFrame &found, std::uint64_t row)
{
    // A tail is read at once: it is to be written again as a whole. What is behind a damaged part cannot be
    // understood without it.
    std::string text;
    std::string rows;
    FramePlace place = found.place;
    place.header.rowCount = 0;
    place.header.textBytes = 0;
    const auto add = [&](const FramePlace &part) {
        const Result<std::string> payload = readPayload(part);
        const std::uint64_t bytes = text.size() + rows.size() + (payload ? payload->size() : 0);
        if (!payload || bytes > frame::maxBytes) {
            m_damage->addPlace(part.segment->name + " is damaged at byte " + std::to_string(part.offset));
            return false;
        }
        text.append(*payload, 0, part.header.textBytes);
        rows.append(*payload, part.header.textBytes);
        place.header.rowCount += part.header.rowCount;
        place.header.textBytes += part.header.textBytes;
        return true;
    };
    bool goesOn = add(found.place);
    for (std::size_t i = 0; goesOn && i < found.furtherParts.size(); ++i)
        goesOn = add(found.furtherParts[i]);
    if (place.header.rowCount == 0)
        return nullptr;
    Result<std::shared_ptr<const CaptureBlock>> block = makeBlock(text + rows, place, row);
    if (!block) {
        m_damage->addPlace(place.segment->name + " is damaged at byte " + std::to_string(place.offset));
        return nullptr;
    }
    auto page = std::make_shared<BlockPage>(*block, m_cache, m_damage);
    page->seal(**block);
    return page;
}

std::shared_ptr<BlockPage> CaptureReader::pageOf(FoundFrame &found, std::uint64_t row, Found &all)
{
    translate(found);
    std::shared_ptr<BlockPage> page;
    if (found.place.header.kind == frame::Kind::Part) {
        page = pageOfParts(found, row);
        if (!page)
            return nullptr;
        all.unwritten.push_back(page);
    } else {
        page = std::make_shared<BlockPage>(row, found.place, found.summary.page, m_cache, m_damage);
    }
    page->setBeginsSession(found.place.header.beginsSession);
    if (found.place.header.beginsSession)
        all.sessions.push_back(row);
    for (SourceNames::Reconnect one : found.summary.reconnects) {
        one.row += row;
        if (one.source < m_sources->size() && one.row < row + page->rowCount())
            m_sources->addReconnect(one);
    }
    return page;
}

void CaptureReader::addGap(std::uint64_t to, Found &all)
{
    if (to <= all.endRow)
        return;
    const std::uint64_t rows = to - all.endRow;
    const auto damage = m_damages.find(all.endRow);
    std::string place;
    if (damage != m_damages.end()) {
        place = damage->second;
    } else {
        place = "the rows from " + std::to_string(all.endRow) + " on were not written, or their file is gone";
        m_damage->addPlace(place);
    }
    m_damage->addRows(rows);
    all.pages.push_back(std::make_shared<LostPage>(all.endRow, static_cast<std::uint32_t>(rows), m_lastCreated,
                                                   "This record was lost: " + place + "."));
    all.endRow = to;
}

CaptureReader::Found CaptureReader::finish()
{
    std::ranges::stable_sort(m_frames, {}, &FoundFrame::firstRow);
    Found all;
    const std::uint64_t firstFrame = m_frames.empty() ? m_knownEnd : m_frames.front().firstRow();
    const bool beginIsSane = m_firstBegin <= firstFrame && firstFrame - m_firstBegin <= maxGap;
    all.firstRow = beginIsSane ? m_firstBegin : firstFrame;
    all.endRow = all.firstRow;
    std::uint64_t shift = 0; ///< between the rows of the files and ours, after numbers that cannot be
    for (FoundFrame &found : m_frames) {
        if (found.endRow() - shift <= all.endRow)
            continue; // a part that stands in a block as well
        const std::uint64_t row = found.firstRow() - shift;
        if (row < all.endRow || row - all.endRow > maxGap)
            shift = found.firstRow() - all.endRow;
        addGap(found.firstRow() - shift, all);
        const std::shared_ptr<BlockPage> page = pageOf(found, all.endRow, all);
        if (!page)
            continue;
        const PageSummary &summary = *page->summary();
        for (const PageSummary::LoggerCount &count : summary.loggers)
            m_loggers->count(count.logger, count.rows);
        for (const PageSummary::SourceCount &count : summary.sources) {
            m_sources->count(count.source, count.rows, count.errors);
            m_sources->noticeTime(count.source, count.lastSeen);
        }
        all.errors += summary.errors();
        m_lastCreated = summary.maxCreated;
        all.endRow = page->endRow();
        all.pages.push_back(page);
    }
    if (m_knownEnd - shift > all.endRow && m_knownEnd - shift - all.endRow <= maxGap)
        addGap(m_knownEnd - shift, all);
    return all;
}

} // namespace sluice
