#include "handler/DatagramHandler.h"

#include "handler/RehearsedSocketHandler.h"
#include "handler/SocketHandlerConfig.h"

namespace sluice {

namespace {

SocketHandler::Options withoutBacklog(SocketHandler::Options options)
{
    options.keepUnsent = 0;
    return options;
}

} // namespace

DatagramHandler::DatagramHandler(Options options) : SocketHandler(withoutBacklog(std::move(options))) {}

Result<std::unique_ptr<PeerSocket>> DatagramHandler::makeSocket()
{
    return options().port ? openUdp(options().host, *options().port, options().timeout, true)
                          : openUnixDatagram(options().host, options().timeout, false);
}

void DatagramHandler::sendFrames()
{
    for (std::size_t i = 0; i < ends().size(); ++i) {
        const LogRecord *record = ends()[i].record;
        if (!socket())
            createSocket();
        if (!socket()) {
            handleError(record, socketError());
            continue;
        }
        if (const PeerSocket::Sent sent = socket()->send(frame(i)); !sent.status)
            handleError(record, sent.status.error());
    }
}

namespace nodes {

namespace {

struct DatagramHandlerConfig : SocketConfig
{
    std::optional<int> port = 9021;
    double timeout = 1;
};

Result<std::string> tryDatagrams(const DatagramHandlerConfig &config, const NodeContext &context)
{
    const std::string peer = hostOrPath(config.host, config.port.has_value(), context);
    const auto socket = config.port ? openUdp(peer, *config.port, {config.timeout}, true)
                                    : openUnixDatagram(peer, {config.timeout}, true);
    if (!socket)
        return socket.error();
    if (!config.port)
        return config.host + " is a socket that takes datagrams.";
    return config.host + " is known. UDP does not tell whether anybody listens there.";
}

} // namespace

const NodeType &DatagramHandler()
{
    static const auto node =
        handlerNode<DatagramHandlerConfig>(
            "DatagramHandler", "Sends each record as a datagram, over UDP or to a Unix socket",
            socketParams<DatagramHandlerConfig>()
                .param(&DatagramHandlerConfig::port, "port", "Port of the receiver; null for a Unix socket")
                .usual()
                .hint(ParamSpec::Hint::Port)
                .range(1, 65535)
                .param(&DatagramHandlerConfig::timeout, "timeout", "How long to wait for room in the receiver's queue")
                .range(0.001, 3600)
                .unit("s"),
            [](const DatagramHandlerConfig &config, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                sluice::DatagramHandler::Options options;
                options.host = hostOrPath(config.host, config.port.has_value(), context);
                options.port = config.port;
                options.closeOnError = config.closeOnError;
                options.timeout = {config.timeout};
                return std::shared_ptr<Handler>(std::make_shared<sluice::DatagramHandler>(std::move(options)));
            })
            .waitsForOthers()
            .rehearsedBy(configured<DatagramHandlerConfig>(
                [](const DatagramHandlerConfig &, const NodeContext &context) -> Result<std::shared_ptr<Handler>> {
                    return std::shared_ptr<Handler>(std::make_shared<RehearsedSocketHandler>(
                        sluice::SocketHandler::Options{}, RehearsedSocketHandler::Kind::Datagrams, context.rehearsedOutput(context.id)));
                }))
            .guarantees([](const DatagramHandlerConfig &config, bool) {
                using Loss = NodeGuarantee::Loss;
                NodeGuarantee guarantee;
                guarantee.deadPeer = config.port ? NodeGuarantee::Cost{Loss::Unnoticed, "sends datagrams that nobody acknowledges"}
                                                 : NodeGuarantee::Cost{Loss::Unbounded, "drops what its socket does not take, counted"};
                return guarantee;
            })
            .triedBy("Test the address", tryDatagrams)
            .takesTestRecords(hurryUp<DatagramHandlerConfig>)
            .describedBy([](const DatagramHandlerConfig &config) { return peerInWords(config.host, config.port); });
    return node;
}

} // namespace nodes
} // namespace sluice
