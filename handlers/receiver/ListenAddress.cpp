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

ListenAddress listenAddress(const std::string &host, std::uint16_t port, const UnixSocketConfig &unixSocket,
                            const NodeContext &context)
{
    ListenAddress address;
    address.host = host;
    address.port = port;
    if (!unixSocket.path.text.empty()) {
        address.path = context.resolve(unixSocket.path.text);
        address.name = unixSocket.path.text;
    }
    if (const auto mode = filePermissions(unixSocket.permissions))
        address.permissions = *mode;
    return address;
}

std::string listenWords(const std::string &host, std::uint16_t port, const UnixSocketConfig &unixSocket)
{
    return unixSocket.path.text.empty() ? endpointText(host, port) : unixSocket.path.text;
}

} // namespace sluice
