#pragma once

#include "receiver/BatchPool.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"
#include "wire/JsonReader.h"
#include "wire/RecordBuilder.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// Lines of JSON, each a LogRecord's dictionary, decoded where they were read. A line that is no record is
/// rejected with its number, and the stream goes on with the next. Empty lines count, and mean nothing. For
/// one thread.
class LineStream
{
public:
    /// `sink` outlives the stream.
    LineStream(RecordSink &sink, std::string peer, std::size_t maxLine);

    /// Where to put what is read next; never empty.
    std::span<char> space() { return m_buffer.space(0); }

    /// The first `bytes` of space() have been filled. Gives all records that are now complete to the sink.
    /// False if the sink has been stopped.
    bool take(std::size_t bytes);

    /// Nothing more will come: what is left is the last line.
    bool end();

private:
    bool decode(std::shared_ptr<LogRecordBatch> &batch);
    bool decodeLine(std::string_view line, std::shared_ptr<LogRecordBatch> &batch);
    bool deliver(std::shared_ptr<LogRecordBatch> &batch);
    void reject(std::string_view reason, std::string_view line);

    RecordSink &m_sink;
    const std::string m_peer;
    const std::size_t m_maxLine;
    BufferPool m_buffers = StreamBuffer::makePool();
    BatchPool m_batches = makeBatchPool();
    StreamBuffer m_buffer{m_buffers};
    JsonReader m_reader;
    RecordBuilder m_builder;
    std::uint64_t m_number = 0; ///< of the line before the one that is pending
    std::size_t m_searched = 0; ///< of what is pending, for the end of the line
    bool m_skips = false;       ///< the line is too long
};

} // namespace sluice
