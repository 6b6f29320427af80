#include "handler/NativeSocket.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sluice {

namespace {

// Linux has a flag for each call against SIGPIPE, macOS an option of the socket.
#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0;
#endif
#ifdef SO_NOSIGPIPE
constexpr int noSignalOption = SO_NOSIGPIPE;
#else
constexpr int noSignalOption = 0;
#endif

int fd(std::intptr_t descriptor) { return static_cast<int>(descriptor); }

const sockaddr *addressOf(const NativeSocket::Endpoint &endpoint)
{
    return reinterpret_cast<const sockaddr *>(endpoint.address.data());
}

NativeSocket::Outcome outcomeOfSend(ssize_t sent)
{
    using State = NativeSocket::State;
    if (sent >= 0)
        return {State::Done, static_cast<std::size_t>(sent), 0};
    // ENOBUFS: how BSD says that a Unix datagram socket's reader is behind.
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS)
        return {State::Wait, 0, errno};
    return {State::Failed, 0, errno};
}

} // namespace

bool NativeSocket::Endpoint::isIPv4() const { return family == AF_INET; }

Result<std::vector<NativeSocket::Endpoint>> NativeSocket::resolve(const std::string &host, int port, Kind kind)
{
    addrinfo hints{};
    hints.ai_socktype = kind == Kind::Stream ? SOCK_STREAM : SOCK_DGRAM;
    addrinfo *found = nullptr;
    const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (error != 0 || !found)
        return Error{"The host " + host + " is not known: " + ::gai_strerror(error) + "."};
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
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const bool isAbstract = path.starts_with('\0');
    if (path.empty() || path.size() + (isAbstract ? 0 : 1) > sizeof address.sun_path)
        return Error{"The path of a Unix socket has from 1 to " + std::to_string(sizeof address.sun_path - 1) +
                     " bytes, and this one has " + std::to_string(path.size()) + "."};
    std::memcpy(address.sun_path, path.data(), path.size());
    const char *bytes = reinterpret_cast<const char *>(&address);
    const std::size_t size = offsetof(sockaddr_un, sun_path) + path.size() + (isAbstract ? 0 : 1);
    return Endpoint{AF_UNIX, 0, {bytes, bytes + size}};
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
    NativeSocket made;
    made.m_descriptor =
        ::socket(endpoint.family, kind == Kind::Stream ? SOCK_STREAM : SOCK_DGRAM, endpoint.protocol);
    if (!made.isOpen())
        return Error{"No socket can be made: " + errorText(errno) + "."};
    const int socket = fd(made.m_descriptor);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    const int on = 1;
    if constexpr (noSignalOption != 0)
        ::setsockopt(socket, SOL_SOCKET, noSignalOption, &on, sizeof on);
    // Frames go out in batches already; none is to wait for more.
    if (kind == Kind::Stream && endpoint.family != AF_UNIX)
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

void NativeSocket::close()
{
    if (isOpen())
        ::close(fd(std::exchange(m_descriptor, closed)));
}

NativeSocket::Outcome NativeSocket::connect(const Endpoint &endpoint)
{
    if (::connect(fd(m_descriptor), addressOf(endpoint), static_cast<socklen_t>(endpoint.address.size())) == 0)
        return {};
    // EAGAIN is a Unix socket whose queue of connections is full: it does not go on by itself.
    if (errno == EINPROGRESS || errno == EINTR)
        return {State::Wait, 0, errno};
    return {State::Failed, 0, errno};
}

int NativeSocket::pendingError()
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd(m_descriptor), SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

NativeSocket::Outcome NativeSocket::send(std::string_view bytes)
{
    ssize_t sent = 0;
    do
        sent = ::send(fd(m_descriptor), bytes.data(), bytes.size(), sendFlags);
    while (sent < 0 && errno == EINTR);
    return outcomeOfSend(sent);
}

NativeSocket::Outcome NativeSocket::sendTo(std::string_view bytes, const Endpoint &endpoint)
{
    ssize_t sent = 0;
    do
        sent = ::sendto(fd(m_descriptor), bytes.data(), bytes.size(), sendFlags, addressOf(endpoint),
                        static_cast<socklen_t>(endpoint.address.size()));
    while (sent < 0 && errno == EINTR);
    return outcomeOfSend(sent);
}

bool NativeSocket::waitWritable(std::intptr_t descriptor, std::chrono::milliseconds timeout)
{
    const auto until = std::chrono::steady_clock::now() + timeout;
    pollfd waiting{fd(descriptor), POLLOUT, 0};
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

bool NativeSocket::hasEnded()
{
    char forgotten[4096];
    for (int i = 0; i < 16; ++i) {
        const ssize_t bytes = ::recv(fd(m_descriptor), forgotten, sizeof forgotten, 0);
        if (bytes == 0)
            return true;
        if (bytes < 0)
            return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
    }
    return false;
}

std::string NativeSocket::errorText(int error) { return std::generic_category().message(error); }

bool NativeSocket::isTooLarge(int error) { return error == EMSGSIZE; }

void NativeSocket::withoutPipeSignal(const std::function<void()> &call)
{
    sigset_t pipe;
    sigset_t pending;
    sigset_t before;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::sigpending(&pending);
    const bool wasPending = ::sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    call();
    ::sigpending(&pending);
    if (!wasPending && ::sigismember(&pending, SIGPIPE) == 1) {
        int taken = 0;
        ::sigwait(&pipe, &taken);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

} // namespace sluice
