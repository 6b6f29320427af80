#pragma once

#include "receiver/FilePositions.h"
#include "receiver/FileWatch.h"
#include "receiver/FollowedFile.h"
#include "receiver/PathPattern.h"
#include "receiver/Receiver.h"
#include "receiver/TextParams.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sluice {

struct FileReceiverConfig : TextConfig
{
    std::vector<std::string> paths;
    std::string from = "end";
    bool follow = true;
    Path positions;
    bool announce = false;
    double joinDelay = 0.25;
    std::string logger;
};

/// Reads log files as they grow, on a thread of its own: files by name or by wildcards, through rotation (a file that has been
/// renamed is read to its end before the new one of its name), truncation and replacement, and those that appear
/// later, which are read from their beginning. Each file is a peer, by its path.
///
/// With `positions` a receiver that starts again goes on where it was: nothing is lost and nothing comes twice, unless the
/// program was killed, when up to two seconds may come twice. A file that was renamed meanwhile is read to its end, and the
/// new one of its name from its beginning; one that was cut off or written anew too. One that another took the place of, with the
/// old one gone, is treated as one that is there at the first start.
class FileReceiver final : public Receiver
{
public:
    struct Options
    {
        std::vector<std::string> paths; ///< absolute, with wildcards
        bool fromEnd = true;            ///< of files that are there at the start and have no position
        bool follow = true;             ///< false: to the end of what is there, then finished()
        std::string positions;          ///< absolute; empty: none
        /// Tell by a record of the logger sluice.file where a file that has a position is gone on with, and why there.
        bool announce = false;
        TextStreamOptions text;
        FollowedFile::Patience patience;
    };

    explicit FileReceiver(Options options);
    ~FileReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override;

    /// What is read of a pattern as it is there now: no compressed files, unless they are named.
    static std::vector<std::string> filesOf(const PathPattern &pattern);

private:
    using Clock = FollowedFile::Clock;
    using FilePtr = std::unique_ptr<FollowedFile>;

    void run(RecordSink &sink);
    /// Looks which files there are. `isFirst`: they were there at the start.
    void scan(RecordSink &sink, bool isFirst);
    void look(RecordSink &sink, const std::string &path, bool isFirst);
    void open(RecordSink &sink, const std::string &path, FileReader file, std::uint64_t offset);
    /// What was renamed while nobody looked, and has not been read to its end.
    void openRenamed(RecordSink &sink);
    void closeAbandoned();
    FollowedFile *find(const NativeFile::Identity &identity) const;
    const FilePositions::Entry *entryOf(const FileReader &file) const;
    /// Where to begin in a file that is there at the start.
    std::uint64_t beginningOf(const std::string &path, const FileReader &file);
    void announce(const std::string &path, std::string what);
    /// Gives the sink what announce() was told; false if it has been stopped.
    bool tell(RecordSink &sink);
    /// False if the sink has been stopped. `hasMore`: to read at once.
    bool readAll(RecordSink &sink, bool &hasMore);
    /// Reads older files of the same name to their end before a newer one is read; false if the sink has been stopped.
    bool finishOlder(RecordSink &sink, const FollowedFile &newer);
    bool flushAll();
    std::chrono::milliseconds waitingTime(Clock::time_point nextScan) const;
    /// `isLate`: those of the last time, which have had time to reach a disk.
    void savePositions(RecordSink &sink, bool isLate);
    void setFault(RecordSink &sink, const std::string &sentence);

    const Options m_options;
    std::vector<PathPattern> m_patterns;
    FilePositions m_positions;
    std::unique_ptr<FileWatch> m_watch;
    std::vector<FilePtr> m_files; ///< older ones of a name first
    std::vector<std::string> m_paths; ///< that were there at the last look
    std::vector<FilePositions::Entry> m_nextPositions; ///< to be kept the next time
    std::vector<std::pair<std::string, std::string>> m_news; ///< paths, and what is to be told of them
    std::string m_fault;
    std::string m_openFault;
    std::atomic<bool> m_isStopped = false;
    std::thread m_thread;
};

} // namespace sluice
