#include "receiver/SocketIo.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <system_error>

namespace sluice::socketio {

ReadResult read(Descriptor descriptor, std::span<char> into)
{
    const auto size = static_cast<int>(std::min<std::size_t>(into.size(), std::numeric_limits<int>::max()));
    const int bytes = ::recv(static_cast<SOCKET>(descriptor), into.data(), size, 0);
    if (bytes > 0)
        return {ReadResult::State::Data, static_cast<std::size_t>(bytes), {}};
    if (bytes == 0)
        return {ReadResult::State::Ended, 0, {}};
    const int error = ::WSAGetLastError();
    if (error == WSAEWOULDBLOCK)
        return {};
    return {ReadResult::State::Failed, 0, std::system_category().message(error)};
}

WriteResult write(Descriptor descriptor, std::string_view bytes)
{
    const auto size = static_cast<int>(std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max()));
    const int sent = ::send(static_cast<SOCKET>(descriptor), bytes.data(), size, 0);
    if (sent >= 0)
        return {WriteResult::State::Sent, static_cast<std::size_t>(sent)};
    if (::WSAGetLastError() == WSAEWOULDBLOCK)
        return {};
    return {WriteResult::State::Failed, 0};
}

void setUp(Descriptor descriptor)
{
    u_long nonBlocking = 1;
    ::ioctlsocket(static_cast<SOCKET>(descriptor), FIONBIO, &nonBlocking);
}

void endWriting(Descriptor descriptor) { ::shutdown(static_cast<SOCKET>(descriptor), SD_SEND); }

void close(Descriptor descriptor) { ::closesocket(static_cast<SOCKET>(descriptor)); }

std::string peerAddress(Descriptor descriptor)
{
    sockaddr_storage address{};
    int size = sizeof address;
    char host[NI_MAXHOST];
    if (::getpeername(static_cast<SOCKET>(descriptor), reinterpret_cast<sockaddr *>(&address), &size) != 0 ||
        ::getnameinfo(reinterpret_cast<sockaddr *>(&address), size, host, sizeof host, nullptr, 0,
                      NI_NUMERICHOST) != 0)
        return {};
    constexpr char mapped[] = "::ffff:";
    return std::strncmp(host, mapped, sizeof mapped - 1) == 0 ? host + sizeof mapped - 1 : host;
}

} // namespace sluice::socketio
