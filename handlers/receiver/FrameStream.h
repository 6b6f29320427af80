#pragma once

#include "receiver/BatchPool.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"
#include "wire/PickleRecordReader.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// What all connections of a receiver share. For one thread; buffers and batches come back from others.
struct FrameWorkshop
{
    explicit FrameWorkshop(std::size_t maxFrameBytes)
        : maxFrame(maxFrameBytes), reader(limitsFor(maxFrameBytes))
    {
    }

    const std::size_t maxFrame;
    BufferPool buffers = StreamBuffer::makePool();
    BatchPool batches = makeBatchPool();
    PickleRecordReader reader;

private:
    /// Who allows long frames wants them read.
    static PickleLimits limitsFor(std::size_t maxFrameBytes)
    {
        PickleLimits limits;
        limits.maxExpandedBytes = std::max(limits.maxExpandedBytes, 2 * maxFrameBytes);
        return limits;
    }
};

/// The stream of one SocketHandler: frames of a four-byte big-endian length and a pickle, decoded where they
/// were received. A frame that is no record is rejected and the stream goes on with the next; one that is
/// longer than the limit is not even kept. Knows nothing of sockets. For one thread.
class FrameStream
{
public:
    /// `workshop` and `sink` outlive the stream.
    FrameStream(FrameWorkshop &workshop, RecordSink &sink, std::string peer);

    /// Where to put what is read next; never empty.
    std::span<char> space();

    /// The first `bytes` of space() have been filled. Gives all records that are now complete to the sink, in
    /// a batch. False if the sink has been stopped.
    bool take(std::size_t bytes);

    /// Nothing more will come. `reason`: why, should a frame have been cut off ("The connection was closed").
    void end(std::string_view reason);

    const std::string &peer() const { return m_peer; }

private:
    bool decode(std::shared_ptr<LogRecordBatch> &batch);
    bool deliver(std::shared_ptr<LogRecordBatch> &batch);
    void reject(std::string_view reason, std::string_view frame);

    FrameWorkshop &m_workshop;
    RecordSink &m_sink;
    const std::string m_peer;
    StreamBuffer m_buffer;
    std::size_t m_skip = 0; ///< bytes of a frame above the limit that are still to come
};

} // namespace sluice
