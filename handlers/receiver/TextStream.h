#pragma once

#include "receiver/BatchPool.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"
#include "receiver/TextDecoder.h"
#include "text/TextFormat.h"
#include "text/TextFormatRecognizer.h"
#include "text/TextFormats.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

/// How text is made into records.
struct TextStreamOptions
{
    TextFormatPtr format; ///< null: recognised
    TextZone zone;
    std::string encoding;
    /// A line, and a record of several lines, longer than this is cut.
    std::size_t maxLine = 1024 * 1024;
    int defaultLevel = level::Info;
    std::string defaultName;
    /// Extra fields that each record gets, such as the stream it came from.
    std::vector<std::pair<std::string, std::string>> labels;
};

/// Text as it comes in, of a file, a program or standard input, made into records: cut into lines, the lines that belong together
/// joined, read with a format, which is recognised if none was chosen. The last record waits for the line that begins
/// the next, until flush(). For one thread.
class TextStream
{
public:
    /// `sink` outlives it. `decoder` is that of options.encoding.
    TextStream(RecordSink &sink, std::string peer, const TextStreamOptions &options, TextDecoder decoder);

    /// Where to put what is read next; never empty.
    std::span<char> space();
    /// The first `bytes` of space() have been filled. Gives all records that are now complete to the sink. False if the sink
    /// has been stopped.
    bool take(std::size_t bytes);

    enum class Flush {
        Lines, ///< the lines that are whole
        All    ///< the last line too, though its end has not come
    };
    /// Nothing came for a while, or nothing more will: gives what waits. False if the sink has been stopped.
    bool flush(Flush what);

    /// Whether something waits for what comes next.
    bool isPending() const { return !m_buffer.pending().empty(); }
    /// How many bytes have been taken and not been given on, as they were read.
    std::size_t held() const;

    /// The beginning of the text, if that is not what is read first.
    void recognize(std::string_view sample, bool isWhole);
    /// About when the text was written, for dates that are not whole.
    void setReference(Nanoseconds time) { m_context.reference = time; }
    void setPeer(std::string peer) { m_peer = std::move(peer); }

    /// Null until it is known.
    const TextFormatPtr &format() const { return m_format; }

private:
    bool work(bool flushesLines, bool flushesAll);
    /// False while there is too little to decide by.
    bool chooseFormat(bool isFlushed);
    bool emitRecord(std::string_view lines);
    void addLabels(LogRecord &record, Arena &arena);
    bool deliver();
    void rejectLong(std::string_view line);

    RecordSink &m_sink;
    std::string m_peer;
    const TextStreamOptions m_options;
    TextDecoder m_decoder;
    BufferPool m_buffers = StreamBuffer::makePool();
    BatchPool m_batches = makeBatchPool();
    StreamBuffer m_buffer{m_buffers};
    std::vector<char> m_raw; ///< for wide encodings
    std::string m_converted;
    std::shared_ptr<LogRecordBatch> m_batch;
    TextContext m_context;
    TextFormatPtr m_format;
    bool m_isSettled = false;  ///< the format does not change any more
    std::string m_sample;      ///< the beginning, until it is
    std::size_t m_decidedAt = 0;
    std::size_t m_lineBegin = 0; ///< of the line under way, in what is pending
    std::size_t m_scanned = 0;   ///< up to here there is no line end
    std::size_t m_emitted = 0;   ///< up to here records have been made of what is pending
    std::size_t m_delivered = 0; ///< and the sink has them
    bool m_skips = false;        ///< the rest of a line that was too long
    bool m_isAtStart = true;
};

} // namespace sluice
