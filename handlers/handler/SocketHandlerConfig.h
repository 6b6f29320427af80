#pragma once

#include "handler/HandlerNode.h"
#include "handler/PeerSocket.h"

namespace sluice {

/// What SocketHandler and DatagramHandler have in common.
struct SocketConfig : HandlerConfig
{
    std::string host;
    bool closeOnError = false;
};

template <typename Config>
Params<Config> socketParams()
{
    return handlerParams<Config>()
        .param(&Config::host, "host", "Host of the receiver; the path of its socket where there is no port")
        .required()
        .param(&Config::closeOnError, "closeOnError",
               "Close the socket when a record cannot be written, and open it with the next");
}

/// A host as it is; the path of a Unix socket made absolute (a name that begins with NUL is no path).
inline std::string hostOrPath(const std::string &text, bool isHost, const NodeContext &context)
{
    return isHost || text.starts_with('\0') ? text : context.resolve(text);
}

inline std::string peerInWords(const std::string &host, std::optional<int> port)
{
    return host.empty() || !port ? host : host + ":" + std::to_string(*port);
}

/// Connects to a receiver and lets go of it again, for Node::triedBy().
template <typename Config>
Result<std::string> tryConnection(const Config &config, const NodeContext &context)
{
    const std::string peer = hostOrPath(config.host, config.port.has_value(), context);
    const auto socket = config.port ? connectTcp(peer, *config.port, {config.timeout}) : connectUnixStream(peer, {config.timeout});
    if (!socket)
        return socket.error();
    return peerInWords(config.host, config.port) + " takes connections.";
}

} // namespace sluice
