#pragma once

#include "base/Problem.h"
#include "base/Result.h"
#include "node/Node.h"

#include <QHostAddress>

#include <cstdint>
#include <string>

namespace sluice {

/// Where to listen: an address and a port, or the path of a Unix socket.
struct ListenAddress
{
    std::string host = "127.0.0.1"; ///< empty: this machine only, as "localhost"
    std::uint16_t port = 0;         ///< 0: any that is free
    std::string path;               ///< absolute; if it is not empty, host and port mean nothing
    std::string name;               ///< the path as the user gave it
    unsigned permissions = 0600;    ///< of the socket's file
};

/// "127.0.0.1:9020", "[::1]:9020".
std::string endpointText(const std::string &host, std::uint16_t port);

/// Looks a host up; may wait for a name server.
Result<QHostAddress> listenHost(const std::string &host);

/// "600", "0660" as a file's permissions.
Result<unsigned> filePermissions(const std::string &octal);

/// What receivers that listen have in their configs; each has a usual port of its own.
struct ListenConfig
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
};

/// The same for those that may listen on a Unix socket instead.
struct UnixSocketConfig : ListenConfig
{
    Path path;
    std::string permissions = "0600";
};

/// Addresses that receivers usually listen at, in words.
std::vector<ParamSpec::Suggestion> listenHosts();

/// Declares `host` and `port` of a receiver that takes connections.
template<typename Config>
void addListenParams(Params<Config> &params)
{
    params.param(&Config::host, "host", "Address to listen on; 0.0.0.0 or :: takes connections from other machines")
        .usual()
        .suggest(listenHosts())
        .param(&Config::port, "port", "Port to listen on; 0 takes any that is free")
        .usual()
        .hint(ParamSpec::Hint::Port)
        .range(0, 65535);
}

/// Declares `path` and `permissions`.
template<typename Config>
void addUnixSocketParams(Params<Config> &params, std::string pathHelp)
{
    params.param(&Config::path, "path", std::move(pathHelp))
        .hint(ParamSpec::Hint::NewFile)
        .param(&Config::permissions, "permissions",
               "Who may write to the Unix socket, in octal digits as chmod takes them")
        .suggest({{"0600", "you alone"}, {"0660", "you and your group"}, {"0666", "everybody on this machine"}});
}

void checkUnixSocketParams(const UnixSocketConfig &config, const std::string &path, Problems &problems);

/// The address that a config says. It has passed the check.
ListenAddress listenAddress(const ListenConfig &config);
ListenAddress listenAddress(const UnixSocketConfig &config, const NodeContext &context);

/// The same for people.
std::string listenWords(const ListenConfig &config);
std::string listenWords(const UnixSocketConfig &config);

/// What failures cost at receivers that take connections, and at those that take datagrams, of UDP or of a Unix socket.
NodeGuarantee connectionGuarantee();
NodeGuarantee datagramGuarantee(bool isUdp);

} // namespace sluice
