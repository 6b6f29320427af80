#pragma once

#include "receiver/ListenAddress.h"
#include "receiver/Receiver.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

struct DatagramReceiverConfig : UnixSocketConfig
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 9021;
    std::size_t receiveBuffer = 8 * 1024 * 1024;
};

/// The other end of Python's DatagramHandler: receives datagrams over UDP, or by a Unix socket where `path` is set. Each
/// holds one record: four bytes of length and a pickle, as makePickle makes them.
/// https://docs.python.org/3/library/logging.handlers.html#datagramhandler
///
/// Nothing in a pickle is imported or called (PickleReader). A datagram that is no record is rejected; one that
/// the system dropped is counted as rejected where the system tells (Linux). A sender over a Unix socket waits
/// instead of losing any.
class DatagramReceiver final : public Receiver
{
public:
    /// A relative path begins at the context's directory.
    explicit DatagramReceiver(DatagramReceiverConfig config, const NodeContext &context = {});
    ~DatagramReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    std::string endpoint() const override { return m_endpoint; }

    /// The port it listens on: the system's choice where the configuration says 0. Valid after start().
    std::uint16_t port() const { return m_port; }

private:
    struct Running;

    const DatagramReceiverConfig m_config;
    const ListenAddress m_address;
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    std::unique_ptr<Running> m_running;
};

} // namespace sluice
