#include "receiver/SocketReceiver.h"

#include "node/Node.h"
#include "receiver/ConnectionListener.h"
#include "receiver/FrameDecodingThread.h"
#include "receiver/FrameStream.h"
#include "receiver/IoThread.h"
#include "receiver/ReceiverTrial.h"

#include <utility>

namespace sluice {

namespace {

ConnectionLimits limitsFor(const SocketReceiverConfig &config)
{
    ConnectionLimits limits;
    limits.connections = config.maxConnections;
    limits.peerMemory = 4 * config.maxFrame;
    return limits;
}

/// Ends in the order that records take: no more are read, then the last are decoded.
struct Running
{
    Running(const SocketReceiverConfig &config, RecordSink &sink)
        : workshop(config.maxFrame), listener(thread, sink, limitsFor(config), [this, &sink](Connection &connection) {
              return std::make_unique<FrameStream>(workshop, sink, connection.peer());
          })
    {
    }

    FrameDecodingThread workshop;
    IoThread thread;
    ConnectionListener listener;
};

} // namespace

SocketReceiver::SocketReceiver(SocketReceiverConfig config, const NodeContext &context)
    : m_config(std::move(config)), m_address(listenAddress(m_config, context))
{
}

Status SocketReceiver::start(RecordSink &sink)
{
    stop();
    return listen(std::make_unique<Running>(m_config, sink), m_address);
}

namespace nodes {

const NodeType &SocketReceiver()
{
    using Config = SocketReceiverConfig;
    Params<Config> params;
    addListenParams(params);
    addUnixSocketParams(params, "Unix socket to listen on, instead of host and port");
    params.param(&Config::maxFrame, "maxFrame", "Longest pickle that is read; longer ones are rejected")
        .range(1024, 1024.0 * 1024 * 1024)
        .unit("bytes")
        .param(&Config::maxConnections, "maxConnections", "Connections at a time; more are refused")
        .range(1, 100000);
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "SocketReceiver",
            "Receives records from Python's SocketHandler over TCP or a Unix socket", std::move(params),
            [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                return NodeType::Instance(std::shared_ptr<Receiver>(
                    std::make_shared<sluice::SocketReceiver>(config, context)));
            })
            .checkedBy(checkUnixSocketParams)
            .triedBy("Test the address",
                     [](const Config &config, const NodeContext &context) {
                         return receivertrial::tryToListen({{Transport::Stream, listenAddress(config, context), listenWords(config)}});
                     })
            .guarantees([](const Config &, bool) { return connectionGuarantee(); })
            .describedBy([](const Config &config) { return listenWords(config); });
    return node;
}

} // namespace nodes
} // namespace sluice
