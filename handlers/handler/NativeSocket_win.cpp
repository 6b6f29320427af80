#include "handler/NativeSocket.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <afunix.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <system_error>
#include <utility>

namespace sluice {

namespace {

/// Winsock wants to be started once in a process; it ends with it.
void startWinsock()
{
    static const bool started = [] {
        WSADATA data;
        return ::WSAStartup(MAKEWORD(2, 2), &data) == 0;
    }();
    static_cast<void>(started);
}

SOCKET fd(std::intptr_t descriptor) { return static_cast<SOCKET>(descriptor); }

const sockaddr *addressOf(const NativeSocket::Endpoint &endpoint)
{
    return reinterpret_cast<const sockaddr *>(endpoint.address.data());
}

int sizeFor(std::string_view bytes)
{
    return static_cast<int>(std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max()));
}

NativeSocket::Outcome outcomeOfSend(int sent)
{
    using State = NativeSocket::State;
    if (sent >= 0)
        return {State::Done, static_cast<std::size_t>(sent), 0};
    const int error = ::WSAGetLastError();
    return {error == WSAEWOULDBLOCK ? State::Wait : State::Failed, 0, error};
}

} // namespace

bool NativeSocket::Endpoint::isIPv4() const { return family == AF_INET; }

Result<std::vector<NativeSocket::Endpoint>> NativeSocket::resolve(const std::string &host, int port, Kind kind)
{
    startWinsock();
    addrinfo hints{};
    hints.ai_socktype = kind == Kind::Stream ? SOCK_STREAM : SOCK_DGRAM;
    addrinfo *found = nullptr;
    const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0 || !found)
        return Error{"The host " + host + " is not known: " + errorText(error) + "."};
    std::vector<Endpoint> endpoints;
    for (const addrinfo *at = found; at; at = at->ai_next) {
        const char *bytes = reinterpret_cast<const char *>(at->ai_addr);
        endpoints.push_back({at->ai_family, at->ai_protocol, {bytes, bytes + at->ai_addrlen}});
    }
    ::freeaddrinfo(found);
    return endpoints;
}

Result<NativeSocket::Endpoint> NativeSocket::unixEndpoint(const std::string &path)
{
    startWinsock();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return Error{"The path of a Unix socket has from 1 to " + std::to_string(sizeof address.sun_path - 1) +
                     " bytes, and this one has " + std::to_string(path.size()) + "."};
    std::memcpy(address.sun_path, path.data(), path.size());
    const char *bytes = reinterpret_cast<const char *>(&address);
    return Endpoint{AF_UNIX, 0, {bytes, bytes + sizeof address}};
}

NativeSocket::~NativeSocket() { close(); }

NativeSocket::NativeSocket(NativeSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, closed))
{
}

NativeSocket &NativeSocket::operator=(NativeSocket &&other) noexcept
{
    if (this != &other) {
        close();
        m_descriptor = std::exchange(other.m_descriptor, closed);
    }
    return *this;
}

Result<NativeSocket> NativeSocket::open(const Endpoint &endpoint, Kind kind)
{
    startWinsock();
    NativeSocket made;
    const SOCKET opened =
        ::socket(endpoint.family, kind == Kind::Stream ? SOCK_STREAM : SOCK_DGRAM, endpoint.protocol);
    if (opened == INVALID_SOCKET)
        return Error{"No socket can be made: " + errorText(::WSAGetLastError()) + "."};
    made.m_descriptor = static_cast<std::intptr_t>(opened);
    u_long nonBlocking = 1;
    ::ioctlsocket(opened, FIONBIO, &nonBlocking);
    ::SetHandleInformation(reinterpret_cast<HANDLE>(opened), HANDLE_FLAG_INHERIT, 0);
    const BOOL on = TRUE;
    // Frames go out in batches already; none is to wait for more.
    if (kind == Kind::Stream && endpoint.family != AF_UNIX)
        ::setsockopt(opened, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char *>(&on), sizeof on);
    return made;
}

void NativeSocket::close()
{
    if (isOpen())
        ::closesocket(fd(std::exchange(m_descriptor, closed)));
}

NativeSocket::Outcome NativeSocket::connect(const Endpoint &endpoint)
{
    if (::connect(fd(m_descriptor), addressOf(endpoint), static_cast<int>(endpoint.address.size())) == 0)
        return {};
    const int error = ::WSAGetLastError();
    return {error == WSAEWOULDBLOCK ? State::Wait : State::Failed, 0, error};
}

int NativeSocket::pendingError()
{
    int error = 0;
    int size = sizeof error;
    return ::getsockopt(fd(m_descriptor), SOL_SOCKET, SO_ERROR, reinterpret_cast<char *>(&error), &size) == 0
               ? error
               : ::WSAGetLastError();
}

NativeSocket::Outcome NativeSocket::send(std::string_view bytes)
{
    return outcomeOfSend(::send(fd(m_descriptor), bytes.data(), sizeFor(bytes), 0));
}

NativeSocket::Outcome NativeSocket::sendTo(std::string_view bytes, const Endpoint &endpoint)
{
    return outcomeOfSend(::sendto(fd(m_descriptor), bytes.data(), sizeFor(bytes), 0, addressOf(endpoint),
                                  static_cast<int>(endpoint.address.size())));
}

bool NativeSocket::waitWritable(std::intptr_t descriptor, std::chrono::milliseconds timeout)
{
    // select() and not WSAPoll(), which did not tell of refused connections for many years.
    fd_set writable;
    fd_set failed;
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    FD_SET(fd(descriptor), &writable);
    FD_SET(fd(descriptor), &failed);
    const auto ms = std::max<std::int64_t>(timeout.count(), 0);
    timeval wait{static_cast<long>(ms / 1000), static_cast<long>(ms % 1000 * 1000)};
    return ::select(0, nullptr, &writable, &failed, &wait) > 0;
}

bool NativeSocket::hasEnded()
{
    char forgotten[4096];
    for (int i = 0; i < 16; ++i) {
        const int bytes = ::recv(fd(m_descriptor), forgotten, sizeof forgotten, 0);
        if (bytes == 0)
            return true;
        if (bytes < 0)
            return ::WSAGetLastError() != WSAEWOULDBLOCK;
    }
    return false;
}

std::string NativeSocket::errorText(int error) { return std::system_category().message(error); }

bool NativeSocket::isTooLarge(int error) { return error == WSAEMSGSIZE; }

// Windows has no such signal.
void NativeSocket::withoutPipeSignal(const std::function<void()> &call) { call(); }

} // namespace sluice
