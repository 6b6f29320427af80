#include "receiver/CutelogReceiver.h"

#include "node/Node.h"
#include "receiver/ConnectionListener.h"
#include "receiver/CutelogStream.h"
#include "receiver/IoThread.h"
#include "receiver/ReceiverTrial.h"

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

struct Running
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

} // namespace

CutelogReceiver::CutelogReceiver(CutelogReceiverConfig config) : m_config(std::move(config)) {}

Status CutelogReceiver::start(RecordSink &sink)
{
    stop();
    return listen(std::make_unique<Running>(m_config, sink), listenAddress(m_config));
}

namespace nodes {

const NodeType &CutelogReceiver()
{
    using Config = CutelogReceiverConfig;
    Params<Config> params;
    addListenParams(params);
    params.param(&Config::maxFrame, "maxFrame", "Longest record that is read; longer ones are rejected")
        .range(1024, 1024.0 * 1024 * 1024)
        .unit("bytes")
        .param(&Config::maxConnections, "maxConnections", "Connections at a time; more are refused")
        .range(1, 100000);
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "CutelogReceiver",
            "Receives records from cutelog's clients: pickle, JSON, MessagePack and CBOR over TCP", std::move(params),
            [](const Config &config, const NodeContext &) -> Result<NodeType::Instance> {
                return NodeType::Instance(
                    std::shared_ptr<Receiver>(std::make_shared<sluice::CutelogReceiver>(config)));
            })
            .triedBy("Test the address",
                     [](const Config &config, const NodeContext &) {
                         return receivertrial::tryToListen({{Transport::Stream, listenAddress(config), listenWords(config)}});
                     })
            .guarantees([](const Config &, bool) { return connectionGuarantee(); })
            .describedBy([](const Config &config) { return listenWords(config); });
    return node;
}

} // namespace nodes
} // namespace sluice
