#pragma once

#include "receiver/Receiver.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

struct SocketReceiverConfig
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 9020;
    std::size_t maxFrame = 16 * 1024 * 1024;
    std::size_t maxConnections = 256;
};

/// The other end of Python's SocketHandler: listens for TCP connections and reads records pickled as
/// makePickle does. https://docs.python.org/3/library/logging.handlers.html#sockethandler
///
/// Nothing in a pickle is imported or called (PickleReader). A frame that is no record is rejected, and its
/// connection goes on. Memory is bounded by maxConnections times maxFrame, and a connection has to send what
/// it makes us keep. Peers are told apart by address.
class SocketReceiver final : public Receiver
{
public:
    explicit SocketReceiver(SocketReceiverConfig config);
    ~SocketReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override { return m_endpoint; }

    /// The port it listens on: the system's choice where the configuration says 0. Valid after start().
    std::uint16_t port() const { return m_port; }

private:
    class Server;

    const SocketReceiverConfig m_config;
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    struct Running;
    std::unique_ptr<Running> m_running;
};

} // namespace sluice
