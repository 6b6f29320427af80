#include "receiver/DatagramReceiver.h"

#include "node/Node.h"
#include "receiver/DatagramFrames.h"
#include "receiver/FrameDecodingThread.h"
#include "receiver/IoThread.h"
#include "receiver/ReceiverTrial.h"

#include <utility>

namespace sluice {

namespace {

/// No datagram is longer than what DatagramListener reads.
constexpr std::size_t maxFrame = 1024 * 1024;

/// Ends in the order that records take.
struct Running
{
    explicit Running(RecordSink &sink)
        : workshop(maxFrame), frames(workshop, sink),
          listener(thread, sink, [this](std::span<const Datagram> datagrams) { return frames.take(datagrams); })
    {
    }

    FrameDecodingThread workshop;
    DatagramFrames frames;
    IoThread thread;
    DatagramListener listener;
};

} // namespace

DatagramReceiver::DatagramReceiver(DatagramReceiverConfig config, const NodeContext &context)
    : m_config(std::move(config)), m_address(listenAddress(m_config, context))
{
}

Status DatagramReceiver::start(RecordSink &sink)
{
    stop();
    return listen(std::make_unique<Running>(sink), m_address, m_config.receiveBuffer);
}

namespace nodes {

const NodeType &DatagramReceiver()
{
    using Config = DatagramReceiverConfig;
    Params<Config> params;
    params
        .param(&Config::host, "host", "Address to receive at; 0.0.0.0 or :: takes datagrams from other machines")
        .usual()
        .suggest(listenHosts())
        .param(&Config::port, "port", "Port to receive at; 0 takes any that is free")
        .usual()
        .hint(ParamSpec::Hint::Port)
        .range(0, 65535);
    addUnixSocketParams(params, "Unix socket to receive by, instead of host and port");
    params
        .param(&Config::receiveBuffer, "receiveBuffer",
               "What the system should keep while we are busy; it may have a limit of its own")
        .range(4096, 1024.0 * 1024 * 1024)
        .unit("bytes");
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "DatagramReceiver",
            "Receives records from Python's DatagramHandler over UDP or a Unix socket", std::move(params),
            [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                return NodeType::Instance(std::shared_ptr<Receiver>(
                    std::make_shared<sluice::DatagramReceiver>(config, context)));
            })
            .checkedBy(checkUnixSocketParams)
            .triedBy("Test the address",
                     [](const Config &config, const NodeContext &context) {
                         return receivertrial::tryToListen({{Transport::Datagram, listenAddress(config, context), listenWords(config)}});
                     })
            .guarantees([](const Config &config, bool) { return datagramGuarantee(config.path.text.empty()); })
            .describedBy([](const Config &config) { return listenWords(config); });
    return node;
}

} // namespace nodes
} // namespace sluice
