#pragma once

#include "receiver/ConnectionStream.h"
#include "receiver/FrameWorkshop.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

/// The stream of one SocketHandler: frames of a four-byte big-endian length and a pickle, decoded, by the workshop, where
/// they were received. A frame that is no record is rejected and the stream goes on with the next; one that is
/// longer than the limit is not even kept. For one thread.
class FrameStream final : public ConnectionStream
{
public:
    /// `workshop` and `sink` outlive the stream.
    FrameStream(FrameWorkshop &workshop, RecordSink &sink, std::string peer);

    std::span<char> space() override;
    /// Has all frames decoded that are now complete, and their records given to the sink.
    bool take(std::size_t bytes) override;
    void end(std::string_view reason) override;
    std::size_t held() const override { return m_buffer.pending().size() + (m_skip ? 1 : 0); }

    const std::string &peer() const { return *m_peer; }

private:
    void reject(std::string_view reason, std::string_view frame);

    FrameWorkshop &m_workshop;
    RecordSink &m_sink;
    const std::shared_ptr<const std::string> m_peer;
    StreamBuffer m_buffer;
    std::size_t m_skip = 0; ///< bytes of a frame above the limit that are still to come
};

} // namespace sluice
