#pragma once

#include "capture/BlockPage.h"
#include "capture/CaptureDamage.h"
#include "capture/LoggerNames.h"
#include "capture/PageCache.h"
#include "capture/SourceNames.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// Finds out what stands in the files of a capture, by headers and summaries alone. A damaged place costs the
/// frame that it is in: the next one is found by its first bytes and its checksum.
class CaptureReader
{
public:
    CaptureReader(std::shared_ptr<LoggerNames> loggers, std::shared_ptr<SourceNames> sources,
                  std::shared_ptr<PageCache> cache, std::shared_ptr<CaptureDamage> damage);

    /// A file of blocks, or of the parts of one that was not finished. An Error if it cannot be opened, or no
    /// frame is in it.
    Status addFile(const std::string &path, std::uint64_t number);

    /// Size of the file added last.
    std::uint64_t lastFileBytes() const { return m_lastFileBytes; }

    struct Found
    {
        std::uint64_t firstRow = 0;
        std::uint64_t endRow = 0;
        std::vector<std::shared_ptr<const CapturePage>> pages; ///< by row, without gaps
        std::vector<std::shared_ptr<BlockPage>> unwritten;     ///< those made of parts: pinned
        std::vector<std::uint64_t> sessions;                   ///< rows that a session began with
        std::uint64_t errors = 0;
    };
    /// All of it, counted in loggers and sources. Once.
    Found finish();

private:
    struct FoundFrame
    {
        FramePlace place;
        frame::Summary summary;
        std::vector<FramePlace> furtherParts;

        std::uint64_t firstRow() const { return place.header.firstRow; }
        std::uint64_t endRow() const { return firstRow() + place.header.rowCount; }
    };

    /// False if the summary is damaged.
    bool addFrame(FramePlace place, std::string_view summaryBytes);
    void noteDamage(const CaptureSegment &segment, std::uint64_t offset);
    /// Numbers of the summary become ours.
    void translate(FoundFrame &found);
    std::shared_ptr<BlockPage> pageOf(FoundFrame &found, std::uint64_t row, Found &all);
    std::shared_ptr<BlockPage> pageOfParts(FoundFrame &found, std::uint64_t row);
    void addGap(std::uint64_t to, Found &all);

    const std::shared_ptr<LoggerNames> m_loggers;
    const std::shared_ptr<SourceNames> m_sources;
    const std::shared_ptr<PageCache> m_cache;
    const std::shared_ptr<CaptureDamage> m_damage;
    std::vector<FoundFrame> m_frames;
    std::uint64_t m_firstBegin;    ///< the smallest row that a file says it begins with
    std::uint64_t m_lastFileBytes = 0;
    std::uint64_t m_knownEnd = 0;  ///< rows below have been there
    std::uint64_t m_expected = 0;  ///< behind the last frame of the file that is being read
    /// By the row that was expected there.
    std::map<std::uint64_t, std::string> m_damages;
    Nanoseconds m_lastCreated = 0;
};

} // namespace sluice
