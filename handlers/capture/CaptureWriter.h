#pragma once

#include "base/NativeFile.h"
#include "capture/BlockPage.h"
#include "capture/FrameWriter.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace sluice {

/// Writes a capture's pages into files of a directory, on a thread of its own: each page once it is complete, and
/// what has come to the one that is not a few times a second, so that a program that dies loses less than a second.
/// What cannot be written is tried again, once a second. Public functions are for any thread, and do not wait
/// for a disk unless they say so.
class CaptureWriter
{
public:
    struct Segment
    {
        std::uint64_t number = 0;
        std::uint64_t bytes = 0;
        Nanoseconds written = 0; ///< last, by the wall clock
    };

    struct Limits
    {
        std::uint64_t segmentBytes = 0;
        std::size_t waitingBytes = 0; ///< that may wait to be written
    };

    /// `segments`: those that are there; the next one gets the number behind. `ticked` is called by the thread
    /// a few times a second.
    CaptureWriter(std::string directory, const Limits &limits, std::vector<Segment> segments,
                  std::shared_ptr<const LoggerNames> loggers, std::shared_ptr<const SourceNames> sources,
                  std::function<void()> ticked);
    /// Writes what waits, unless the disk refuses, and ends the thread.
    ~CaptureWriter();

    /// The page that is being written to, until the next one.
    void setCurrent(std::shared_ptr<BlockPage> page, std::shared_ptr<const CaptureBlock> block);
    /// A page that is complete.
    void add(std::shared_ptr<BlockPage> page, std::shared_ptr<const CaptureBlock> block);
    /// Removes all files. Rows that come then begin at `firstRow`.
    void clear(std::uint64_t firstRow);
    /// Removes files; oldest first, as long as they take more than `maxBytes` together, or are older than
    /// `maxAge` (0: as old as they like). The number of the last one that goes; 0 if none does.
    std::uint64_t retire(std::uint64_t maxBytes, Nanoseconds maxAge, Nanoseconds now);

    /// Waits while more is waiting to be written than may, as long as the disk takes something every second.
    void waitForRoom();
    /// Waits until everything is written, for so long at most. For tests, and for who is about to copy the files.
    bool waitUntilWritten(std::chrono::milliseconds atMost);

    /// Why nothing can be written at the moment; empty if it can.
    std::string fault() const;
    std::uint64_t diskBytes() const;
    const std::string &directory() const { return m_directory; }

    static std::string segmentName(std::uint64_t number);
    static std::string tailName(std::uint64_t firstRow);
    /// The number in a name, if it is one of a segment; a tail's.
    static std::optional<std::uint64_t> segmentNumber(const std::string &name);
    static std::optional<std::uint64_t> tailNumber(const std::string &name);

private:
    struct Job
    {
        enum class Kind { Write, Clear, Remove } kind = Kind::Write;
        std::shared_ptr<BlockPage> page;
        std::shared_ptr<const CaptureBlock> block;
        std::uint64_t number = 0; ///< Clear: first row; Remove: the segment
    };

    /// The file of the unfinished page. The thread's own.
    struct Tail
    {
        std::uint64_t firstRow = 0;
        NativeFile file;
        std::uint64_t bytes = 0;
        FrameWriter::Place place;
    };

    void run();
    bool perform(const Job &job);
    bool writePage(const Job &job);
    bool writeTail(const BlockPage &page, const std::shared_ptr<const CaptureBlock> &block);
    bool openSegment(std::uint64_t firstRow);
    void removeTail(std::uint64_t firstRow);
    void removeAll();
    /// Appends to a file all or nothing.
    Status append(NativeFile &file, std::uint64_t &size, std::string_view bytes);
    bool report(const Status &status);
    std::string path(const std::string &name) const { return m_directory + "/" + name; }

    const std::string m_directory;
    const Limits m_limits;
    const std::shared_ptr<const LoggerNames> m_loggers;
    const std::shared_ptr<const SourceNames> m_sources;
    const std::function<void()> m_ticked;

    // The thread's own.
    FrameWriter m_frames;
    NativeFile m_file;
    std::shared_ptr<CaptureSegment> m_segment;
    std::uint64_t m_fileBytes = 0;
    std::uint64_t m_nextNumber = 1;
    Tail m_tail;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed; ///< for the thread
    std::condition_variable m_done;    ///< for who waits for it
    std::deque<Job> m_jobs;
    std::size_t m_waitingBytes = 0;
    std::uint64_t m_progress = 0; ///< jobs done
    bool m_givenUp = false;       ///< the disk is too slow to be waited for
    std::shared_ptr<BlockPage> m_currentPage;
    std::shared_ptr<const CaptureBlock> m_currentBlock;
    std::uint64_t m_tailRow = 0; ///< how far the unfinished page is written
    std::vector<Segment> m_segments;
    std::string m_fault;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace sluice
