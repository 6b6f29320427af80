#include "receiver/SocketIo.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace sluice::socketio {

namespace {

// Linux says it with each call, macOS once for a socket.
#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
void suppressSignal(int) {}
#else
constexpr int sendFlags = 0;
void suppressSignal(int fd)
{
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
}
#endif

} // namespace

ReadResult read(Descriptor descriptor, std::span<char> into)
{
    for (;;) {
        const ssize_t bytes = ::recv(static_cast<int>(descriptor), into.data(), into.size(), 0);
        if (bytes > 0)
            return {ReadResult::State::Data, static_cast<std::size_t>(bytes), {}};
        if (bytes == 0)
            return {ReadResult::State::Ended, 0, {}};
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return {};
        return {ReadResult::State::Failed, 0, std::generic_category().message(errno)};
    }
}

WriteResult write(Descriptor descriptor, std::string_view bytes)
{
    for (;;) {
        const ssize_t sent = ::send(static_cast<int>(descriptor), bytes.data(), bytes.size(), sendFlags);
        if (sent >= 0)
            return {WriteResult::State::Sent, static_cast<std::size_t>(sent)};
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return {};
        return {WriteResult::State::Failed, 0};
    }
}

void setUp(Descriptor descriptor)
{
    const int fd = static_cast<int>(descriptor);
    suppressSignal(fd);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

void endWriting(Descriptor descriptor) { ::shutdown(static_cast<int>(descriptor), SHUT_WR); }

void close(Descriptor descriptor) { ::close(static_cast<int>(descriptor)); }

std::string peerAddress(Descriptor descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    char host[NI_MAXHOST];
    if (::getpeername(static_cast<int>(descriptor), reinterpret_cast<sockaddr *>(&address), &size) != 0 ||
        ::getnameinfo(reinterpret_cast<sockaddr *>(&address), size, host, sizeof host, nullptr, 0,
                      NI_NUMERICHOST) != 0)
        return {};
    // IPv4 that came in through an IPv6 socket
    constexpr char mapped[] = "::ffff:";
    return std::strncmp(host, mapped, sizeof mapped - 1) == 0 ? host + sizeof mapped - 1 : host;
}

} // namespace sluice::socketio
