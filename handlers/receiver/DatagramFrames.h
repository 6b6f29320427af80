#pragma once

#include "receiver/DatagramListener.h"
#include "receiver/FrameWorkshop.h"

namespace sluice {

/// Datagrams of DatagramHandler on their way to the workshop: those that are one frame each are put one behind the
/// other, so that many are decoded at a time; all others are rejected. For one thread.
class DatagramFrames
{
public:
    /// `workshop` and `sink` outlive it.
    DatagramFrames(FrameWorkshop &workshop, RecordSink &sink) : m_workshop(workshop), m_sink(sink) {}

    /// False if the sink has been stopped.
    bool take(std::span<const Datagram> datagrams);

private:
    /// Has what was put together decoded.
    bool decode();
    /// Why it is no frame; empty if it is one.
    static std::string problem(std::string_view datagram);

    FrameWorkshop &m_workshop;
    RecordSink &m_sink;
    std::shared_ptr<std::vector<char>> m_buffer;
    std::size_t m_begin = 0; ///< of what has not been decoded
    std::size_t m_end = 0;
    std::shared_ptr<const std::string> m_peer;
};

} // namespace sluice
