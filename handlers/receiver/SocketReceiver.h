#pragma once

#include "receiver/ListenAddress.h"
#include "receiver/Receiver.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

struct SocketReceiverConfig : UnixSocketConfig
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 9020;
    std::size_t maxFrame = 16 * 1024 * 1024;
    std::size_t maxConnections = 256;
};

/// The other end of Python's SocketHandler: listens for connections over TCP, or on a Unix socket where `path` is
/// set, and reads records pickled as makePickle does.
/// https://docs.python.org/3/library/logging.handlers.html#sockethandler
///
/// Nothing in a pickle is imported or called (PickleReader). A frame that is no record is rejected, and its
/// connection goes on. Memory is bounded by maxConnections times maxFrame, for one peer by four times maxFrame, and
/// a connection has to send what it makes us keep. Peers are told apart by address.
class SocketReceiver final : public Receiver
{
public:
    /// A relative path begins at the context's directory.
    explicit SocketReceiver(SocketReceiverConfig config, const NodeContext &context = {});
    ~SocketReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override { return m_endpoint; }

    /// The port it listens on: the system's choice where the configuration says 0. Valid after start().
    std::uint16_t port() const { return m_port; }

private:
    struct Running;

    const SocketReceiverConfig m_config;
    const ListenAddress m_address;
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    std::unique_ptr<Running> m_running;
};

} // namespace sluice
