#include "receiver/DatagramIo.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace sluice::datagramio {

namespace {

std::string refusal(const ListenAddress &address)
{
    const std::string port = "Port " + std::to_string(address.port) + " on " + address.host;
    switch (errno) {
    case EADDRINUSE:
        return port + " is in use by another program.";
    case EACCES:
        return port + " may not be listened on with this user's rights.";
    case EADDRNOTAVAIL:
        return address.host + " is no address of this machine.";
    default:
        return port + " cannot be listened on: " + std::generic_category().message(errno) + ".";
    }
}

socklen_t fill(sockaddr_storage &to, const QHostAddress &host, std::uint16_t port)
{
    if (host.protocol() == QAbstractSocket::IPv4Protocol) {
        auto &in = reinterpret_cast<sockaddr_in &>(to);
        in.sin_family = AF_INET;
        in.sin_port = htons(port);
        in.sin_addr.s_addr = htonl(host.toIPv4Address());
        return sizeof in;
    }
    auto &in = reinterpret_cast<sockaddr_in6 &>(to);
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = host.toIPv6Address();
    std::copy(std::begin(bytes.c), std::end(bytes.c), in.sin6_addr.s6_addr);
    return sizeof in;
}

} // namespace

Result<socketio::Descriptor> openUdp(const QHostAddress &host, const ListenAddress &address, std::uint16_t &port)
{
    sockaddr_storage where{};
    socklen_t size = fill(where, host, address.port);
    const int fd = ::socket(where.ss_family, SOCK_DGRAM, 0);
    if (fd < 0)
        return Error{refusal(address)};
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&where), size) != 0) {
        const Error error{refusal(address)};
        ::close(fd);
        return error;
    }
    size = sizeof where;
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&where), &size);
    port = ntohs(where.ss_family == AF_INET ? reinterpret_cast<sockaddr_in &>(where).sin_port
                                            : reinterpret_cast<sockaddr_in6 &>(where).sin6_port);
    return socketio::Descriptor(fd);
}

std::string addressText(std::string_view address)
{
    char text[INET6_ADDRSTRLEN] = "";
    const bool isMapped = address.size() == 16 && address.starts_with(std::string_view("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12));
    if (isMapped)
        address.remove_prefix(12);
    ::inet_ntop(address.size() == 4 ? AF_INET : AF_INET6, address.data(), text, sizeof text);
    return text;
}

} // namespace sluice::datagramio
