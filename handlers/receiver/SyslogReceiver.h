#pragma once

#include "receiver/ListenAddress.h"
#include "receiver/Receiver.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

struct SyslogReceiverConfig : UnixSocketConfig
{
    SyslogReceiverConfig() { port = 5140; }

    bool udp = true;
    bool tcp = true;
    bool tls = false;
    std::uint16_t tlsPort = 6514;
    Path certfile;
    Path keyfile;
    Path cafile;
    std::string pathType = "datagram";
    std::size_t maxMessage = 1024 * 1024;
    std::size_t maxConnections = 256;
    std::size_t receiveBuffer = 8 * 1024 * 1024;
};

/// Receives syslog: over UDP and TCP on one port, over TLS on another (RFC 5425), or by a Unix socket where `path` is
/// set, as programs write to /dev/log. Messages are read by SyslogReader, connections are taken apart by SyslogStream.
/// The port is 5140, as with fluentd and others, since 514 is for root alone.
/// https://docs.python.org/3/library/logging.handlers.html#sysloghandler
///
/// Memory is bounded by maxConnections times maxMessage, for one peer by 64 MiB or four messages. Peers are told apart
/// by address. Datagrams that the system dropped are counted as rejected where the system tells (Linux).
class SyslogReceiver final : public Receiver
{
public:
    /// Relative paths begin at the context's directory.
    explicit SyslogReceiver(SyslogReceiverConfig config, NodeContext context = {});
    ~SyslogReceiver() override;

    Status start(RecordSink &sink) override;
    void stop() override;
    bool leave() override;
    std::string endpoint() const override { return m_endpoint; }

    /// The ports it listens on: the system's choice where the configuration says 0. Valid after start().
    std::uint16_t port() const { return m_port; }
    std::uint16_t tlsPort() const { return m_tlsPort; }

private:
    struct Running;

    Status listenAtPath(Running &running) const;
    Status listenAtPort(Running &running);
    Status listenForTls(Running &running);

    const SyslogReceiverConfig m_config;
    const NodeContext m_context;
    const ListenAddress m_address;
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    std::uint16_t m_tlsPort = 0;
    std::unique_ptr<Running> m_running;
};

} // namespace sluice
