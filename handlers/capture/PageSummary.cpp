#include "capture/PageSummary.h"

#include "capture/CaptureBlock.h"
#include "capture/RecordCodec.h"

#include <algorithm>
#include <unordered_map>

namespace sluice {

PageSummary PageSummary::of(const CaptureBlock &block) { return of(block, 0, block.rowCount()); }

PageSummary PageSummary::of(const CaptureBlock &block, std::uint32_t from, std::uint32_t to)
{
    PageSummary summary;
    std::unordered_map<std::uint32_t, std::uint32_t> loggers;
    std::unordered_map<std::uint32_t, SourceCount> sources;
    for (std::uint32_t i = from; i < to; ++i) {
        const CaptureBlock::Row row = block.row(i);
        summary.minCreated = i == from ? row.created : std::min(summary.minCreated, row.created);
        summary.maxCreated = i == from ? row.created : std::max(summary.maxCreated, row.created);
        const Severity severity = severityOf(row.levelno);
        ++summary.severities[static_cast<std::size_t>(severity)];
        ++loggers[row.logger];
        const std::uint32_t number = codec::siteSource(block.text(row.site));
        SourceCount &source = sources[number];
        source.source = number;
        source.lastSeen = source.rows == 0 ? row.created : std::max(source.lastSeen, row.created);
        ++source.rows;
        source.errors += severity >= Severity::Error;
    }
    for (const auto &[logger, count] : loggers)
        summary.loggers.push_back({logger, count});
    std::ranges::sort(summary.loggers, {}, &LoggerCount::logger);
    for (const auto &[number, count] : sources)
        summary.sources.push_back(count);
    std::ranges::sort(summary.sources, {}, &SourceCount::source);
    return summary;
}

} // namespace sluice
