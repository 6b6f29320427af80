#pragma once

#include "handler/BackupCompressor.h"
#include "handler/FileHandler.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The base of handlers that start a new file from time to time.
/// https://docs.python.org/3/library/logging.handlers.html#baserotatinghandler
///
/// No record is lost to a rollover. Where one fails, records go on into the file that is there, and it is
/// tried again after a while; the failure is reported once, until a rollover works again.
///
/// Old files may be compressed. That is done by a thread of its own, one file at a time: a rollover waits for
/// the file before it, and so does close(). A file that cannot be compressed is kept as it is and reported.
class BaseRotatingHandler : public FileHandler
{
public:
    /// Makes the name of a rotated file from the default one. Must always give the same for the same.
    using Namer = std::function<std::string(const std::string &defaultName)>;
    /// Moves the file that was written to its rotated name, by whatever means.
    using Rotator = std::function<Status(const std::string &source, const std::string &destination)>;

    explicit BaseRotatingHandler(Options options, std::uint64_t maxBytes = 0);
    ~BaseRotatingHandler() override;

    /// These not while records are handled by another thread.
    void setNamer(Namer namer) { m_namer = std::move(namer); }
    void setRotator(Rotator rotator) { m_rotator = std::move(rotator); }
    /// The built-in rotator: old files get ".gz" or ".zst" behind the namer's name. A rotator of one's own
    /// takes its place.
    void setCompression(Compression compression) { m_compression = compression; }
    /// How long to wait after a rollover that failed before it is tried again; one second at first.
    void setRetryDelay(std::chrono::milliseconds delay) { m_retryDelay = delay; }

    /// Starts a new file now. What fails is given to handleError with no record.
    virtual void doRollover() = 0;

    void close() override;

protected:
    void emitBatch(RecordSpan records) override;
    NativeFile::Written write(std::string_view bytes) override;

    /// Whether a new file is to be started before the record is written; asked before the record is formatted
    /// and the file opened.
    virtual bool shouldRollover(const LogRecord &) { return false; }
    /// The same, asked when the file is open. `text`: the record formatted, without terminator; it may still
    /// be refused by the encoding.
    virtual bool shouldRollover(const LogRecord &, std::string_view /*text*/) { return false; }

    /// The name of a rotated file; implement this to have others than the namer's.
    virtual std::string rotationFilename(const std::string &defaultName) const;

    /// Moves the file just written; the default renames it if it is there.
    virtual Status rotate(const std::string &source, const std::string &destination);

    /// Bytes in the file now; asked once for a batch.
    virtual std::uint64_t currentSize() { return file().size(); }
    /// Whoever overrides write() without calling this one: the file has another size now.
    void forgetSize() { m_sizeKnown = false; }

    bool hasNamer() const { return m_namer != nullptr; }
    /// The record that is being handled; null outside of it.
    const LogRecord *currentRecord() const { return m_record; }

    // What doRollover() is made of.
    /// Closes the file and waits until the old file before it is compressed.
    void beginRollover();
    /// What may stand behind the name of an old file: nothing, and the ending of compressed ones.
    std::vector<std::string> backupEndings() const;
    bool hasBackup(const std::string &defaultName) const;
    /// Puts an old file in the place of another.
    Status moveBackup(const std::string &defaultFrom, const std::string &defaultTo);
    /// rotate() for the file just written, with what is under that name removed before.
    Status makeBackup(const std::string &defaultName);
    /// Opens the new file. `moved`: whether the old one got its name; `tidied`: what followed.
    void endRollover(Status moved, Status tidied = {});
    bool lastRolloverFailed() const { return m_rolloverFailed; }

    /// Python's rule of maxBytes: bytes in the file plus *characters* of the record, and one for the line's
    /// end, reach it, and the file is not empty. False without a maxBytes.
    bool reachesMaxBytes(std::string_view text) const;

private:
    std::uint64_t position() { return m_written + lines().bytes().size(); }
    void beforeRecord();
    bool mayRollOver() const;
    void rollOver();
    void reportCompression();

    Namer m_namer;
    Rotator m_rotator;
    Compression m_compression = Compression::None;
    BackupCompressor m_compressor;
    std::string m_toCompress;

    const LogRecord *m_record = nullptr;
    std::string m_text;

    const std::uint64_t m_maxBytes;
    std::uint64_t m_written = 0;   ///< size of the file, without the lines that wait
    bool m_sizeKnown = false;      ///< m_written is right: nothing has been written since in this batch
    std::uint64_t m_lineStart = 0; ///< position in the file of the record that is being handled

    std::chrono::milliseconds m_retryDelay{1000};
    std::chrono::steady_clock::time_point m_nextTry;
    bool m_rolloverFailed = false;
    bool m_failureReported = false;
};

} // namespace sluice
