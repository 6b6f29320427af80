#pragma once

#include "receiver/Receiver.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

struct CutelogReceiverConfig
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 19996;
    std::size_t maxFrame = 16 * 1024 * 1024;
    std::size_t maxConnections = 256;
};

/// Listens where cutelog does, so that its clients in whatever language are served without a change: frames of a four-byte
/// big-endian length and a record as pickle, or as JSON, MessagePack or CBOR once a frame "!!cutelog!!format=json" has said
/// so. https://github.com/busimus/cutelog
///
/// Nothing in a pickle is imported or called (PickleReader). Limits are those of SocketReceiver.
class CutelogReceiver final : public Receiver
{
public:
    explicit CutelogReceiver(CutelogReceiverConfig config);
    ~CutelogReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override { return m_endpoint; }

    /// The port it listens on. Valid after start().
    std::uint16_t port() const { return m_port; }

private:
    struct Running;

    const CutelogReceiverConfig m_config;
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    std::unique_ptr<Running> m_running;
};

} // namespace sluice
