#pragma once

#include "base/Result.h"
#include "capture/CaptureDamage.h"
#include "capture/PageCache.h"
#include "capture/RecordStore.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// A capture that is only read: a file that saveRecords() wrote, or the directory that a Capture keeps its files
/// in, whether a program uses it at the moment or not. Its rows do not change.
class CaptureFile final : public RecordStore
{
public:
    /// Reads headers and summaries only. `budget`: memory for pages, in bytes.
    static Result<std::shared_ptr<CaptureFile>> open(const std::string &path,
                                                     std::size_t budget = std::size_t{256} << 20);

    /// Whether a file begins as a capture does, or a directory has files of one.
    static bool isCapture(const std::string &path);

    CaptureSnapshot snapshot() const override;
    std::uint64_t endRow() const override { return m_endRow; }
    Figures figures() const override;
    std::shared_ptr<const LoggerNames> sharedLoggers() const override { return m_loggers; }
    std::shared_ptr<const SourceNames> sharedSources() const override { return m_sources; }
    std::shared_ptr<const std::vector<std::uint64_t>> sessionRows() const override { return m_sessions; }

private:
    explicit CaptureFile(std::size_t budget) : m_cache(std::make_shared<PageCache>(budget)) {}

    const std::shared_ptr<PageCache> m_cache;
    const std::shared_ptr<LoggerNames> m_loggers = std::make_shared<LoggerNames>();
    const std::shared_ptr<SourceNames> m_sources = std::make_shared<SourceNames>();
    const std::shared_ptr<CaptureDamage> m_damage = std::make_shared<CaptureDamage>();
    std::shared_ptr<const CaptureSnapshot::PageList> m_list;
    std::shared_ptr<const std::vector<std::uint64_t>> m_sessions;
    std::uint64_t m_endRow = 0;
    std::uint64_t m_errors = 0;
    std::uint64_t m_diskBytes = 0;
};

} // namespace sluice
