#pragma once

#include "base/FileReader.h"
#include "receiver/TextStream.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace sluice {

/// One file that is read as it grows. Sees when it has been cut off (logrotate's copytruncate) or written anew, and finds what
/// was cut off before it had been read in the copy beside it. Knows nothing of names that move. For one thread.
class FollowedFile
{
public:
    using Clock = std::chrono::steady_clock;

    /// How long a record waits for further lines, and a line for its end.
    struct Patience
    {
        std::chrono::milliseconds lines{250};
        std::chrono::milliseconds unfinished{5000};
    };

    /// Reads from `offset` on. `sink` outlives it. `decoder` is that of `options`.
    FollowedFile(RecordSink &sink, std::string path, FileReader file, std::uint64_t offset, const TextStreamOptions &options,
                 TextDecoder decoder, Patience patience);

    enum class Progress {
        More,    ///< there may be more to read at once
        AtEnd,   ///< all of it has been read
        Stopped, ///< the sink does not take any more
        Failed   ///< reading failed; error() says why
    };
    /// Reads on, at most about so many bytes.
    Progress read(std::size_t most);
    /// Gives what has waited long enough; false if the sink has been stopped.
    bool flushWhatIsDue(Clock::time_point now);
    bool flush(TextStream::Flush what) { return m_stream.flush(what); }
    /// When flushWhatIsDue() has something to do; max() if nothing waits.
    Clock::time_point due() const;

    const std::string &path() const { return m_path; }
    void setPath(const std::string &path) { m_path = path; }
    NativeFile::Identity identity() const { return m_file.identity(); }
    /// A sentence with the path.
    const std::string &error() const { return m_error; }

    /// Up to here the sink has all of it.
    std::uint64_t delivered() const { return m_offset - m_stream.held(); }
    /// What its first `bytes` bytes (256 at most) are, in one number.
    static std::uint64_t fingerprint(const FileReader &file, std::uint64_t bytes);
    std::uint64_t fingerprint() const { return fingerprint(m_file, delivered()); }

    Clock::time_point lastRead() const { return m_lastRead; }
    /// Whether its size is another than what has been read.
    bool hasNews() const { return m_file.size() != m_offset; }
    /// Whether the last read() came to the end.
    bool isAtEnd() const { return m_isAtEnd; }

private:
    bool hasBeenRewritten(std::uint64_t size) const;
    /// Reads the rest of a copy that was made before the file was cut off; false if the sink has been stopped.
    bool readCopy();
    bool isCopy(const FileReader &file) const;
    bool startAnew();
    void remember(std::string_view bytes);

    std::string m_path;
    FileReader m_file;
    TextStream m_stream;
    const Patience m_patience;
    std::uint64_t m_offset;
    std::string m_tail; ///< the last bytes before m_offset, by which a rewritten file is known
    std::string m_error;
    Clock::time_point m_lastRead = Clock::now();
    bool m_isAtEnd = false;
    bool m_hasFlushedLines = false;
};

} // namespace sluice
