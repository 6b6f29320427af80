#include "receiver/DatagramAddress_posix.h"

#include <algorithm>
#include <linux/sock_diag.h>
#include <sys/uio.h>

namespace sluice::datagramio {

void setReceiveBuffer(socketio::Descriptor descriptor, std::size_t bytes)
{
    // Beyond the system's limit where we may, else up to it.
    const int size = static_cast<int>(std::min<std::size_t>(bytes, 1 << 30));
    const int fd = static_cast<int>(descriptor);
    if (::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

std::size_t receive(socketio::Descriptor descriptor, std::span<Slot> slots)
{
    constexpr std::size_t most = 64;
    mmsghdr messages[most];
    iovec rooms[most];
    sockaddr_storage senders[most];
    const std::size_t count = std::min(most, slots.size());
    for (std::size_t i = 0; i < count; ++i) {
        rooms[i] = {slots[i].room.data(), slots[i].room.size()};
        messages[i] = {};
        messages[i].msg_hdr.msg_iov = &rooms[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_name = &senders[i];
        messages[i].msg_hdr.msg_namelen = sizeof senders[i];
    }
    const int received =
        ::recvmmsg(static_cast<int>(descriptor), messages, static_cast<unsigned>(count), MSG_DONTWAIT, nullptr);
    for (int i = 0; i < received; ++i) {
        Slot &slot = slots[static_cast<std::size_t>(i)];
        slot.bytes = std::string_view(slot.room.data(), messages[i].msg_len);
        slot.isCut = messages[i].msg_hdr.msg_flags & MSG_TRUNC;
        setAddress(slot, senders[i], messages[i].msg_hdr.msg_namelen);
    }
    return received > 0 ? static_cast<std::size_t>(received) : 0;
}

std::uint32_t dropped(socketio::Descriptor descriptor)
{
    // Tells without waiting for the next datagram, as SO_RXQ_OVFL does.
    std::uint32_t memory[SK_MEMINFO_VARS] = {};
    socklen_t size = sizeof memory;
    if (::getsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_MEMINFO, memory, &size) != 0)
        return 0;
    return memory[SK_MEMINFO_DROPS];
}

} // namespace sluice::datagramio
