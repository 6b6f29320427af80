#include "receiver/ListenAddress.h"

#include <QHostInfo>

#include <charconv>

namespace sluice {

std::string endpointText(const std::string &host, std::uint16_t port)
{
    const bool needsBrackets = host.find(':') != std::string::npos;
    return (needsBrackets ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<QHostAddress> listenHost(const std::string &host)
{
    // Nothing listens beyond this machine unasked, and an empty field asks for nothing.
    if (host.empty() || host == "localhost")
        return QHostAddress(QHostAddress::LocalHost);
    const QString name = QString::fromStdString(host);
    if (const QHostAddress address(name); !address.isNull())
        return address;
    const QList<QHostAddress> found = QHostInfo::fromName(name).addresses();
    if (found.isEmpty())
        return Error{"The host " + host + " is not known."};
    return found.first();
}

std::vector<ParamSpec::Suggestion> listenHosts()
{
    return {{"127.0.0.1", "this machine only"},
            {"::1", "this machine only, by IPv6"},
            {"0.0.0.0", "every machine that reaches this one"},
            {"::", "every machine, by IPv6 too"}};
}

Result<unsigned> filePermissions(const std::string &octal)
{
    unsigned mode = 0;
    const auto [end, error] = std::from_chars(octal.data(), octal.data() + octal.size(), mode, 8);
    if (error != std::errc() || end != octal.data() + octal.size() || mode > 0777)
        return Error{"Permissions are three octal digits, as in 0600."};
    return mode;
}

void checkUnixSocketParams(const UnixSocketConfig &config, const std::string &path, Problems &problems)
{
    if (const auto mode = filePermissions(config.permissions); !mode)
        problems.push_back({path + ".permissions", mode.error().text});
}

ListenAddress listenAddress(const ListenConfig &config)
{
    ListenAddress address;
    address.host = config.host;
    address.port = config.port;
    return address;
}

ListenAddress listenAddress(const UnixSocketConfig &config, const NodeContext &context)
{
    ListenAddress address = listenAddress(config);
    if (!config.path.text.empty()) {
        address.path = context.resolve(config.path.text);
        address.name = config.path.text;
    }
    if (const auto mode = filePermissions(config.permissions))
        address.permissions = *mode;
    return address;
}

std::string listenWords(const ListenConfig &config) { return endpointText(config.host, config.port); }

std::string listenWords(const UnixSocketConfig &config)
{
    return config.path.text.empty() ? endpointText(config.host, config.port) : config.path.text;
}

NodeGuarantee connectionGuarantee()
{
    using Loss = NodeGuarantee::Loss;
    return {.crash = {Loss::None, "breaks its connections, and its senders lose what it had taken and not read"},
            .fullDisk = {},
            .deadPeer = {},
            .heldUp = {Loss::None, "lets its senders wait"}};
}

NodeGuarantee datagramGuarantee(bool isUdp)
{
    using Loss = NodeGuarantee::Loss;
    NodeGuarantee guarantee;
    guarantee.crash = {Loss::None, isUdp ? "is not there, and nobody tells its senders that their datagrams are lost"
                                         : "is not there, which its senders notice"};
    guarantee.heldUp = isUdp ? NodeGuarantee::Cost{Loss::Unbounded, "loses datagrams that the system has no room for, counted where the system tells"}
                             : NodeGuarantee::Cost{Loss::None, "lets its senders wait"};
    return guarantee;
}

} // namespace sluice
