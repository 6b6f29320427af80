#include "receiver/DatagramIo.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <algorithm>
#include <cstring>

namespace sluice::datagramio {

void setReceiveBuffer(socketio::Descriptor descriptor, std::size_t bytes)
{
    const int size = static_cast<int>(std::min<std::size_t>(bytes, 1 << 30));
    ::setsockopt(static_cast<SOCKET>(descriptor), SOL_SOCKET, SO_RCVBUF, reinterpret_cast<const char *>(&size),
                 sizeof size);
}

std::size_t receive(socketio::Descriptor descriptor, std::span<Slot> slots)
{
    std::size_t count = 0;
    while (count < slots.size()) {
        Slot &slot = slots[count];
        sockaddr_storage sender{};
        int size = sizeof sender;
        const int bytes = ::recvfrom(static_cast<SOCKET>(descriptor), slot.room.data(),
                                     static_cast<int>(slot.room.size()), 0, reinterpret_cast<sockaddr *>(&sender), &size);
        slot.isCut = bytes < 0 && ::WSAGetLastError() == WSAEMSGSIZE;
        if (bytes < 0 && !slot.isCut) {
            // An answer of ours that nobody took comes back as an error of the socket.
            if (::WSAGetLastError() == WSAECONNRESET)
                continue;
            break;
        }
        slot.bytes = std::string_view(slot.room.data(), slot.isCut ? slot.room.size() : static_cast<std::size_t>(bytes));
        slot.addressBytes = 0;
        if (sender.ss_family == AF_INET) {
            slot.addressBytes = 4;
            std::memcpy(slot.address.data(), &reinterpret_cast<const sockaddr_in &>(sender).sin_addr, 4);
        } else if (sender.ss_family == AF_INET6) {
            slot.addressBytes = 16;
            std::memcpy(slot.address.data(), &reinterpret_cast<const sockaddr_in6 &>(sender).sin6_addr, 16);
        }
        ++count;
    }
    return count;
}

std::uint32_t dropped(socketio::Descriptor) { return 0; }

} // namespace sluice::datagramio
