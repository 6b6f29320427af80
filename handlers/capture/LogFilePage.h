#pragma once

#include "base/FileReader.h"
#include "capture/CachedPage.h"
#include "capture/LoggerNames.h"
#include "capture/SourceNames.h"
#include "text/TextContext.h"
#include "text/TextFormat.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace sluice {

/// What the pages of a log have told so far, whichever file they are of.
struct LogFileCounts
{
    const std::shared_ptr<LoggerNames> loggers = std::make_shared<LoggerNames>();
    const std::shared_ptr<SourceNames> sources = std::make_shared<SourceNames>();
    std::mutex mutex; ///< one thread at a time enters names and counts
    std::atomic<std::uint64_t> errors{0};
    std::atomic<std::uint64_t> shortened{0};
};

/// What the pages of a file have in common.
struct LogFileText
{
    FileReader file;
    TextFormatPtr format;
    TextZone zone;
    Nanoseconds modified = 0; ///< of the file, when it was opened
    std::uint32_t source = 0;
    std::shared_ptr<LogFileCounts> counts;
};

/// Records of a log file that stand behind one another. They are read from the file and parsed when they are wanted.
class LogFilePage final : public CachedPage
{
public:
    LogFilePage(std::uint64_t firstRow, std::uint32_t rows, std::uint64_t offset, std::uint64_t bytes,
                std::shared_ptr<LogFileText> text, std::shared_ptr<PageCache> cache);

    std::uint32_t rowCount() const override { return m_rows; }
    /// Once the page has been read.
    const PageSummary *summary() const override
    {
        return m_isSummed.load(std::memory_order_acquire) ? &m_summary : nullptr;
    }
    bool mayContain(std::string_view literal) const override;

    std::uint64_t offset() const { return m_offset; }
    std::uint64_t bytes() const { return m_bytes; }

    /// Reads the page for its summary alone, if nobody has read it yet. For threads that may wait.
    void summarize() const;
    /// The page is gone, or another has taken its place: its rows are not counted any more.
    void discount() const;

protected:
    Result<std::shared_ptr<const CaptureBlock>> read() const override;

private:
    Result<std::string> readText() const;

    const std::uint32_t m_rows;
    const std::uint64_t m_offset;
    const std::uint64_t m_bytes;
    const std::shared_ptr<LogFileText> m_text;
    mutable std::atomic<bool> m_isSummed{false};
    mutable bool m_isDiscounted = false; ///< guarded by the counts' mutex
    mutable PageSummary m_summary;
};

} // namespace sluice
