#include "capture/FrameReader.h"

#include "capture/LoggerNames.h"
#include "capture/RecordCheck.h"
#include "capture/RecordCodec.h"
#include "capture/SourceNames.h"

#include <algorithm>
#include <cstring>
#include <vector>
#include <zstd.h>

namespace sluice {

namespace {

Error damaged(const FramePlace &place)
{
    return Error{"This record was lost: " + place.segment->name + " is damaged at byte " +
                 std::to_string(place.offset) + "."};
}

std::uint32_t sourceHere(std::uint32_t written, const FramePlace &place)
{
    const std::uint32_t source = place.numbers ? NumberMap::look(place.numbers->sources, written) : written;
    return source < place.sources ? source : SourceNames::other;
}

} // namespace

Result<std::string> readPayload(const FramePlace &place)
{
    const frame::Header &header = place.header;
    std::string stored(header.storedBytes, '\0');
    const auto read =
        place.segment->file.readAt(place.offset + frame::headerBytes + header.summaryBytes, stored);
    if (!read)
        return read.error();
    if (*read != stored.size() || frame::checksum(stored) != header.payloadCrc)
        return damaged(place);
    if (!header.isPacked)
        return stored;
    const std::size_t plainBytes = header.textBytes + std::size_t{header.rowCount} * sizeof(CaptureBlock::Row);
    std::string plain(plainBytes, '\0');
    if (ZSTD_decompress(plain.data(), plain.size(), stored.data(), stored.size()) != plainBytes)
        return damaged(place);
    return plain;
}

Result<std::shared_ptr<const CaptureBlock>> makeBlock(std::string payload, const FramePlace &place,
                                                      std::uint64_t firstRow)
{
    const std::size_t textBytes = place.header.textBytes;
    if (textBytes < sizeof(std::uint32_t))
        return damaged(place);
    const std::string_view text = std::string_view(payload).substr(0, textBytes);
    std::vector<bool> knownSites(textBytes);
    auto block = std::make_shared<CaptureBlock>(firstRow, payload.size());
    std::vector<CaptureBlock::Row> rows(place.header.rowCount);
    std::memcpy(rows.data(), payload.data() + textBytes, rows.size() * sizeof(CaptureBlock::Row));
    // First all that is written, then the looking: what somebody made up may overlap.
    std::vector<std::uint32_t> sites;
    for (CaptureBlock::Row &row : rows) {
        if (row.text >= textBytes || row.site > textBytes - sizeof(std::uint32_t))
            return damaged(place);
        if (!knownSites[row.site]) {
            knownSites[row.site] = true;
            sites.push_back(row.site);
            char *site = payload.data() + row.site;
            codec::setSiteSource(site, sourceHere(codec::siteSource(site), place));
        }
        if (place.numbers)
            row.logger = NumberMap::look(place.numbers->loggers, row.logger);
        if (row.logger >= place.loggers)
            row.logger = LoggerNames::other;
    }
    const bool isSound =
        std::ranges::all_of(sites, [&](std::uint32_t site) { return codec::siteBytes(text.substr(site)) > 0; }) &&
        std::ranges::all_of(rows, [&](const auto &row) { return codec::textBytes(text.substr(row.text)) > 0; });
    if (!isSound)
        return damaged(place);
    block->putText(text);
    for (const CaptureBlock::Row &row : rows)
        block->putRow(row);
    block->publish();
    return std::shared_ptr<const CaptureBlock>(std::move(block));
}

} // namespace sluice
