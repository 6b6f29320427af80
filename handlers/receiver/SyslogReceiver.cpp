#include "receiver/SyslogReceiver.h"

#include "node/Node.h"
#include "receiver/ConnectionListener.h"
#include "receiver/DatagramListener.h"
#include "receiver/IoThread.h"
#include "receiver/ReceiverTrial.h"
#include "receiver/SyslogStream.h"
#include "receiver/TlsServer.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

TlsServerFiles tlsFiles(const SyslogReceiverConfig &config, const NodeContext &context)
{
    const auto resolved = [&](const Path &path) { return path.text.empty() ? std::string() : context.resolve(path.text); };
    return {resolved(config.certfile), resolved(config.keyfile), resolved(config.cafile)};
}

ConnectionLimits limitsFor(const SyslogReceiverConfig &config)
{
    ConnectionLimits limits;
    limits.connections = config.maxConnections;
    limits.peerMemory = std::max(limits.peerMemory, 4 * config.maxMessage);
    return limits;
}

std::string words(const SyslogReceiverConfig &config)
{
    if (!config.path.text.empty())
        return config.path.text;
    std::string text;
    const auto add = [&](bool isOn, const char *name, std::uint16_t port) {
        if (isOn)
            text += (text.empty() ? "" : ", ") + std::string(name) + " " + endpointText(config.host, port);
    };
    add(config.udp, "UDP", config.port);
    add(config.tcp, "TCP", config.port);
    add(config.tls, "TLS", config.tlsPort);
    return text.empty() ? "listens nowhere" : text;
}

void check(const SyslogReceiverConfig &config, const std::string &path, Problems &problems)
{
    checkUnixSocketParams(config, path, problems);
    if (!config.path.text.empty())
        return;
    if (!config.udp && !config.tcp && !config.tls)
        problems.push_back({path, "With udp, tcp and tls all off, it listens nowhere."});
    if (config.tls && config.certfile.text.empty())
        problems.push_back({path + ".certfile", "TLS needs a certificate."});
}

} // namespace

/// Ends in the order that records take: listeners first.
struct SyslogReceiver::Running
{
    Running(const SyslogReceiverConfig &config, RecordSink &receivedBy)
        : sink(receivedBy), limits(limitsFor(config)), workshop(receivedBy, config.maxMessage)
    {
    }

    std::unique_ptr<ConnectionListener> makeConnections()
    {
        return std::make_unique<ConnectionListener>(thread, sink, limits, [this](Connection &connection) {
            return std::make_unique<SyslogStream>(workshop, connection.peer());
        });
    }
    std::unique_ptr<DatagramListener> makeDatagrams()
    {
        return std::make_unique<DatagramListener>(thread, sink, [this](std::span<const Datagram> datagrams) {
            return workshop.takeDatagrams(datagrams);
        });
    }

    RecordSink &sink;
    const ConnectionLimits limits;
    SyslogWorkshop workshop;
    IoThread thread;
    std::unique_ptr<DatagramListener> datagrams;
    std::unique_ptr<ConnectionListener> connections;
    std::unique_ptr<ConnectionListener> tlsConnections;
};

SyslogReceiver::SyslogReceiver(SyslogReceiverConfig config, NodeContext context)
    : m_config(std::move(config)), m_context(std::move(context)),
      m_address(listenAddress(m_config, m_context))
{
}

SyslogReceiver::~SyslogReceiver() { stop(); }

Status SyslogReceiver::start(RecordSink &sink)
{
    stop();
    auto running = std::make_unique<Running>(m_config, sink);
    if (!m_address.path.empty()) {
        if (Status status = listenAtPath(*running); !status)
            return status;
        m_endpoint = m_address.name;
    } else {
        if (Status status = listenAtPort(*running); !status)
            return status;
        if (Status status = listenForTls(*running); !status)
            return status;
        m_endpoint = running->datagrams      ? running->datagrams->endpoint()
                     : running->connections  ? running->connections->endpoint()
                                             : std::string();
        if (running->tlsConnections)
            m_endpoint += (m_endpoint.empty() ? "" : ", ") + running->tlsConnections->endpoint();
    }
    m_running = std::move(running);
    return {};
}

Status SyslogReceiver::listenAtPath(Running &running) const
{
    if (m_config.pathType == "stream") {
        running.connections = running.makeConnections();
        return running.connections->listen(m_address);
    }
    running.datagrams = running.makeDatagrams();
    return running.datagrams->listen(m_address, m_config.receiveBuffer);
}

Status SyslogReceiver::listenAtPort(Running &running)
{
    // A port that is free for one may not be for the other; where any will do, another is tried.
    Status status;
    for (int attempt = 0; attempt < 20; ++attempt) {
        ListenAddress address = m_address;
        if (m_config.udp) {
            running.datagrams = running.makeDatagrams();
            status = running.datagrams->listen(address, m_config.receiveBuffer);
            if (!status)
                return status;
            address.port = m_port = running.datagrams->port();
        }
        if (!m_config.tcp)
            return status;
        running.connections = running.makeConnections();
        status = running.connections->listen(address);
        m_port = running.connections->port();
        if (status || m_address.port != 0)
            return status;
    }
    return status;
}

Status SyslogReceiver::listenForTls(Running &running)
{
    if (!m_config.tls)
        return {};
    auto tls = tlsServer(tlsFiles(m_config, m_context));
    if (!tls)
        return tls.error();
    ListenAddress address = m_address;
    address.port = m_config.tlsPort;
    running.tlsConnections = running.makeConnections();
    Status status = running.tlsConnections->listen(address, std::move(*tls));
    m_tlsPort = running.tlsConnections->port();
    return status;
}

void SyslogReceiver::stop() { m_running.reset(); }

bool SyslogReceiver::leave()
{
    if (!m_running)
        return false;
    m_running->datagrams.reset();
    for (ConnectionListener *listener : {m_running->connections.get(), m_running->tlsConnections.get()}) {
        if (listener)
            listener->stopListening();
    }
    return m_running->connections || m_running->tlsConnections;
}

namespace nodes {

namespace {

Result<std::string> tryAddresses(const SyslogReceiverConfig &config, const NodeContext &context)
{
    const ListenAddress address = listenAddress(config, context);
    if (!config.path.text.empty()) {
        const Transport transport = config.pathType == "datagram" ? Transport::Datagram : Transport::Stream;
        return receivertrial::tryToListen({{transport, address, listenWords(config)}});
    }
    std::vector<receivertrial::Asked> asked;
    if (config.udp)
        asked.push_back({Transport::Datagram, address, "UDP " + listenWords(config)});
    if (config.tcp)
        asked.push_back({Transport::Stream, address, "TCP " + listenWords(config)});
    if (config.tls) {
        if (const auto tls = tlsServer(tlsFiles(config, context)); !tls)
            return tls.error();
        asked.push_back({Transport::Stream, address, "TLS " + endpointText(config.host, config.tlsPort)});
        asked.back().address.port = config.tlsPort;
    }
    return receivertrial::tryToListen(asked);
}

} // namespace

const NodeType &SyslogReceiver()
{
    using Config = SyslogReceiverConfig;
    Params<Config> params;
    params
        .param(&Config::host, "host", "Address to listen on; 0.0.0.0 or :: takes messages from other machines")
        .usual()
        .suggest(listenHosts())
        .param(&Config::port, "port", "Port to listen on with UDP and TCP; 0 takes any that is free")
        .usual()
        .hint(ParamSpec::Hint::Port)
        .range(0, 65535)
        .param(&Config::udp, "udp", "Whether to receive datagrams")
        .usual()
        .param(&Config::tcp, "tcp", "Whether to take connections")
        .usual()
        .param(&Config::tls, "tls", "Whether to take connections with TLS")
        .usual()
        .param(&Config::tlsPort, "tlsPort", "Port to listen on with TLS; 0 takes any that is free")
        .hint(ParamSpec::Hint::Port)
        .range(0, 65535)
        .param(&Config::certfile, "certfile", "Certificate for TLS, and those that lead to its authority, in PEM")
        .hint(ParamSpec::Hint::File)
        .param(&Config::keyfile, "keyfile", "Private key of the certificate, in PEM; empty if certfile holds it too")
        .hint(ParamSpec::Hint::File)
        .param(&Config::cafile, "cafile", "Authorities, in PEM: then senders need a certificate of one of them")
        .hint(ParamSpec::Hint::File);
    addUnixSocketParams(params, "Unix socket to receive by, instead of host and port");
    params.param(&Config::pathType, "pathType", "Kind of the Unix socket; /dev/log is a datagram socket")
        .oneOf({"datagram", "stream"})
        .param(&Config::maxMessage, "maxMessage", "Longest message over a connection; longer ones are rejected")
        .range(1024, 256.0 * 1024 * 1024)
        .unit("bytes")
        .param(&Config::maxConnections, "maxConnections", "Connections at a time, with and without TLS each")
        .range(1, 100000)
        .param(&Config::receiveBuffer, "receiveBuffer",
               "What the system should keep of datagrams while we are busy; it may have a limit of its own")
        .range(4096, 1024.0 * 1024 * 1024)
        .unit("bytes");
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "SyslogReceiver",
            "Receives syslog messages over UDP, TCP, TLS or a Unix socket", std::move(params),
            [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                return NodeType::Instance(
                    std::shared_ptr<Receiver>(std::make_shared<sluice::SyslogReceiver>(config, context)));
            })
            .checkedBy(check)
            .triedBy("Test the address", &tryAddresses)
            .guarantees([](const Config &config, bool) {
                const bool takesDatagrams = config.path.text.empty() ? config.udp : config.pathType == "datagram";
                return takesDatagrams ? datagramGuarantee(config.path.text.empty()) : connectionGuarantee();
            })
            .describedBy(words);
    return node;
}

} // namespace nodes
} // namespace sluice
