#pragma once

#include "base/TextEncoder.h"
#include "handler/Handler.h"
#include "handler/LineBuffer.h"
#include "handler/OutputStream.h"

#include <memory>
#include <string>

namespace sluice {

/// Writes each record as a line to a stream, at once.
/// https://docs.python.org/3/library/logging.handlers.html#streamhandler
///
/// A batch is written with one call, its records in order; one that cannot be formatted or encoded is
/// reported and the others are written. Where a write fails, the records that did not get out whole are
/// reported, each as dropped, and the next ones are tried again.
class StreamHandler : public Handler
{
public:
    /// By default as Python's: sys.stderr, in the locale's encoding, with backslashes for what it lacks.
    StreamHandler();
    StreamHandler(std::shared_ptr<OutputStream> stream, TextEncoder encoder);

    /// Flushes and uses another stream from now on. Returns the old one, or null if it is the same.
    std::shared_ptr<OutputStream> setStream(std::shared_ptr<OutputStream> stream);

    /// What ends each record; "\n" at first. Not while records are handled by another thread.
    void setTerminator(std::string terminator) { m_terminator = std::move(terminator); }
    const std::string &terminator() const { return m_terminator; }

protected:
    explicit StreamHandler(TextEncoder encoder);

    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

    /// Makes sure that there is something to write to; called before each record is formatted.
    virtual Status ready();
    virtual NativeFile::Written write(std::string_view bytes);
    /// Takes back the last bytes written: a part of a line whose rest did not get out.
    virtual void takeBack(std::size_t bytes);
    /// What "\n" becomes.
    virtual std::string_view newline() const { return "\n"; }

    /// Formats a record into lines(), where its line begins at `start`, without terminator. On failure
    /// nothing is left.
    Status formatLine(const LogRecord &record, std::size_t start);
    /// Ends and encodes the line that formatLine() began.
    Status finishLine(const LogRecord &record, std::size_t start);
    /// Writes the lines, and reports those that do not get out.
    void writeLines();

    LineBuffer &lines() { return m_lines; }
    const TextEncoder &encoder() const { return m_encoder; }
    /// Whether a byte order mark belongs in front of the next line.
    void setStartOfStream(bool start) { m_startOfStream = start; }

private:
    std::shared_ptr<OutputStream> m_stream;
    TextEncoder m_encoder;
    std::string m_terminator = "\n";
    LineBuffer m_lines;
    bool m_startOfStream = false;
};

} // namespace sluice
