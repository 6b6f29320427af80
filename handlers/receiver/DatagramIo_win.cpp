#include "receiver/DatagramIo.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <system_error>

namespace sluice::datagramio {

namespace {

/// Winsock for as long as the process runs.
void startWinsock()
{
    static const int started = [] {
        WSADATA data;
        return ::WSAStartup(MAKEWORD(2, 2), &data);
    }();
    static_cast<void>(started);
}

std::string refusal(const ListenAddress &address)
{
    const std::string port = "Port " + std::to_string(address.port) + " on " + address.host;
    const int error = ::WSAGetLastError();
    switch (error) {
    case WSAEADDRINUSE:
        return port + " is in use by another program.";
    case WSAEACCES:
        return port + " may not be listened on with this user's rights.";
    case WSAEADDRNOTAVAIL:
        return address.host + " is no address of this machine.";
    default:
        return port + " cannot be listened on: " + std::system_category().message(error) + ".";
    }
}

int fill(sockaddr_storage &to, const QHostAddress &host, std::uint16_t port)
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
    startWinsock();
    sockaddr_storage where{};
    int size = fill(where, host, address.port);
    const SOCKET descriptor = ::socket(where.ss_family, SOCK_DGRAM, 0);
    if (descriptor == INVALID_SOCKET)
        return Error{refusal(address)};
    u_long nonBlocking = 1;
    ::ioctlsocket(descriptor, FIONBIO, &nonBlocking);
    if (::bind(descriptor, reinterpret_cast<const sockaddr *>(&where), size) != 0) {
        const Error error{refusal(address)};
        ::closesocket(descriptor);
        return error;
    }
    size = sizeof where;
    ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&where), &size);
    port = ntohs(where.ss_family == AF_INET ? reinterpret_cast<sockaddr_in &>(where).sin_port
                                            : reinterpret_cast<sockaddr_in6 &>(where).sin6_port);
    return static_cast<socketio::Descriptor>(descriptor);
}

std::string addressText(std::string_view address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address.size() == 16 && address.starts_with(std::string_view("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12)))
        address.remove_prefix(12);
    ::inet_ntop(address.size() == 4 ? AF_INET : AF_INET6, address.data(), text, sizeof text);
    return text;
}

} // namespace sluice::datagramio
