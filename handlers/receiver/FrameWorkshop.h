#pragma once

#include "receiver/BatchPool.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"
#include "wire/PickleRecordReader.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// A frame is four bytes of length, big-endian, and so many of a pickle.
inline constexpr std::size_t framePrefixBytes = 4;

/// The length that a prefix says.
std::size_t frameBytes(std::string_view prefix);

/// How many bytes the whole frames at the beginning take; ends before one that is longer than `maxFrame`.
std::size_t wholeFrames(std::string_view bytes, std::size_t maxFrame);

/// Tells the sink of a frame that is no record.
void rejectFrame(RecordSink &sink, std::string_view peer, std::string_view reason, std::string_view frame);

/// Whole frames as they were received, one behind the other.
struct FrameRun
{
    std::shared_ptr<const void> owner; ///< keeps `bytes` alive
    std::string_view bytes;
    std::shared_ptr<const std::string> peer;
    RecordSink *sink = nullptr;
};

/// What all connections of a receiver share: buffers, and the decoding of frames. Buffers and batches come back
/// from other threads; everything else is for one.
class FrameWorkshop
{
public:
    explicit FrameWorkshop(std::size_t maxFrameBytes);
    virtual ~FrameWorkshop() = default;
    FrameWorkshop(const FrameWorkshop &) = delete;
    FrameWorkshop &operator=(const FrameWorkshop &) = delete;

    /// Gives the records of the run to its sink, at once. False if the sink has been stopped.
    virtual bool decode(FrameRun run) { return decodeNow(run); }

    const std::size_t maxFrame;
    BufferPool buffers = StreamBuffer::makePool();

protected:
    bool decodeNow(const FrameRun &run);

private:
    BatchPool m_batches = makeBatchPool();
    PickleRecordReader m_reader;
};

} // namespace sluice
