#include "receiver/CutelogReceiver.h"

#include "node/Node.h"
#include "receiver/ConnectionListener.h"
#include "receiver/CutelogStream.h"
#include "receiver/IoThread.h"

#include <utility>

namespace sluice {

namespace {

ConnectionLimits limitsFor(const CutelogReceiverConfig &config)
{
    ConnectionLimits limits;
    limits.connections = config.maxConnections;
    limits.peerMemory = 4 * config.maxFrame;
    return limits;
}

} // namespace

struct CutelogReceiver::Running
{
    Running(const CutelogReceiverConfig &config, RecordSink &sink)
        : workshop(config.maxFrame), listener(thread, sink, limitsFor(config), [this, &sink](Connection &connection) {
              return std::make_unique<CutelogStream>(workshop, sink, connection.peer());
          })
    {
    }

    CutelogWorkshop workshop;
    IoThread thread;
    ConnectionListener listener;
};

CutelogReceiver::CutelogReceiver(CutelogReceiverConfig config) : m_config(std::move(config)) {}

CutelogReceiver::~CutelogReceiver() { stop(); }

Status CutelogReceiver::start(RecordSink &sink)
{
    stop();
    ListenAddress address;
    address.host = m_config.host;
    address.port = m_config.port;
    auto running = std::make_unique<Running>(m_config, sink);
    if (Status status = running->listener.listen(address); !status)
        return status;
    m_port = running->listener.port();
    m_endpoint = running->listener.endpoint();
    m_running = std::move(running);
    return {};
}

void CutelogReceiver::stop() { m_running.reset(); }

namespace nodes {

const NodeType &CutelogReceiver()
{
    using Config = CutelogReceiverConfig;
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "CutelogReceiver",
            "Receives records from cutelog's clients: pickle, JSON, MessagePack and CBOR over TCP",
            Params<Config>()
                .param(&Config::host, "host",
                       "Address to listen on; 0.0.0.0 or :: takes connections from other machines")
                .param(&Config::port, "port", "Port to listen on; 0 takes any that is free")
                .range(0, 65535)
                .param(&Config::maxFrame, "maxFrame", "Longest record that is read; longer ones are rejected")
                .range(1024, 1024.0 * 1024 * 1024)
                .unit("bytes")
                .param(&Config::maxConnections, "maxConnections", "Connections at a time; more are refused")
                .range(1, 100000),
            [](const Config &config, const NodeContext &) -> Result<NodeType::Instance> {
                return NodeType::Instance(
                    std::shared_ptr<Receiver>(std::make_shared<sluice::CutelogReceiver>(config)));
            })
            .describedBy([](const Config &config) { return endpointText(config.host, config.port); });
    return node;
}

} // namespace nodes
} // namespace sluice
