#pragma once

#include "base/Result.h"
#include "capture/LogFilePage.h"
#include "capture/RecordScanner.h"
#include "capture/RecordStore.h"
#include "capture/UnpackedText.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sluice {

/// A text file of any size as a store of records. The file stays where it is: only where its records begin is kept,
/// and pages are read and parsed when somebody looks at them. The beginning is there at once, the rest while two
/// threads go through the file; then every page is looked at once for its loggers and levels. What is appended
/// to the file is seen within a second. A file that another takes the place of (a rollover) stays, and the new one
/// comes behind it; one that becomes shorter begins anew.
///
/// What gzip or zstd has packed, told by its beginning, is unpacked into a file that goes with the store, and indexed while that
/// is done; it is not followed. One that is cut off or damaged is shown as far as it goes, and figures() say so.
class LogFile final : public RecordStore
{
public:
    struct Options
    {
        /// Memory for parsed pages, in bytes.
        std::size_t budget = std::size_t{256} << 20;
        /// Text of a page.
        std::size_t pageBytes = std::size_t{1} << 20;
        /// Null: found out from the beginning of the file.
        TextFormatPtr format;
        /// Of times that say none.
        TextZone zone;
        /// Look for what is appended.
        bool follow = true;
        /// Look at every page once, so that loggers and levels are counted.
        bool summarize = true;
        /// Where what is packed is unpacked to; made if it is missing. Empty: the system's folder for what is temporary.
        std::string scratch;
        /// Text of a packed file, in bytes; beyond it nothing is unpacked, nor where less would be left of the disk.
        std::uint64_t unpackLimit = std::uint64_t{16} << 30;
    };

    struct Progress
    {
        std::uint64_t bytes = 0; ///< whose records are known; of the packed file, while it is unpacked
        std::uint64_t total = 0;
        bool isUnpacking = false;
        bool isIndexed = false;    ///< all that was there when it was opened
        bool isSummarized = false; ///< and every page has been looked at
    };

    static Result<std::shared_ptr<LogFile>> open(const std::string &path, const Options &options);
    static Result<std::shared_ptr<LogFile>> open(const std::string &path) { return open(path, Options()); }
    /// Ends the threads, whatever they do.
    ~LogFile() override;

    CaptureSnapshot snapshot() const override;
    std::uint64_t endRow() const override { return m_endRow.load(std::memory_order_acquire); }
    Figures figures() const override;
    std::shared_ptr<const LoggerNames> sharedLoggers() const override { return m_counts->loggers; }
    std::shared_ptr<const SourceNames> sharedSources() const override { return m_counts->sources; }

    Progress progress() const;
    /// Ends the going through the file and the following; what is known stays.
    void cancel();

    const std::string &path() const { return m_path; }
    /// How the file is read, and why: a sentence if it was found out.
    TextFormatPtr format() const;
    std::string explanation() const;
    bool isPacked() const { return m_unpacked != nullptr; }

private:
    using PageList = CaptureSnapshot::PageList;

    LogFile(std::string path, Options options);

    Status openText();
    Result<FileReader> openUnpacked(FileReader packed);
    void run();
    void unpack();
    /// Goes through the file from `from` on, behind the pages there are.
    void index(std::uint64_t from, std::uint64_t end);
    void scanRegions();
    void takeRegion(std::uint64_t region, std::vector<RecordScanner::Page> pages);
    void summarizePages();
    /// Looks whether the file has changed.
    void lookAgain();
    void startAnew(bool keepRows);
    /// Takes in what was appended.
    void grow(std::uint64_t size);
    void publish(std::vector<std::shared_ptr<const CapturePage>> pages, std::uint64_t bytes);
    bool pause();

    const std::string m_path;
    const Options m_options;
    const std::shared_ptr<PageCache> m_cache;
    const std::shared_ptr<LogFileCounts> m_counts = std::make_shared<LogFileCounts>();

    mutable std::mutex m_listMutex; ///< held while these are copied or replaced
    std::shared_ptr<const PageList> m_list = std::make_shared<PageList>();
    std::shared_ptr<LogFileText> m_text;
    TextFormatPtr m_format;
    std::string m_explanation;
    std::string m_notice;
    std::unique_ptr<UnpackedText> m_unpacked; ///< null if the file is not packed

    std::atomic<std::uint64_t> m_endRow{0};
    std::atomic<std::uint64_t> m_bytes{0};
    std::atomic<std::uint64_t> m_total{0};
    std::atomic<bool> m_isUnpacking{false};
    std::atomic<bool> m_isIndexed{false};
    std::atomic<bool> m_isSummarized{false};
    std::atomic<bool> m_cancelled{false};

    // While the file is gone through; guarded by m_regionMutex where two threads do it.
    std::mutex m_regionMutex;
    std::uint64_t m_nextRow = 0; ///< of the page that is published next
    bool m_replacesLast = false; ///< which takes the place of the last one
    std::uint64_t m_from = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_nextRegion = 0;
    std::uint64_t m_regionsTaken = 0;
    std::map<std::uint64_t, std::vector<RecordScanner::Page>> m_regions; ///< done, but not those before them
    RecordScanner::Page m_openPage; ///< it ends where the next one begins
    bool m_hasOpenPage = false;

    std::mutex m_mutex; ///< for the pause
    std::condition_variable m_changed;
    std::size_t m_firstUnsummarized = 0;
    std::thread m_thread;
};

} // namespace sluice
