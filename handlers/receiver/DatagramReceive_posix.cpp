#include "receiver/DatagramAddress_posix.h"

#include <algorithm>
#include <cerrno>
#include <sys/uio.h>

namespace sluice::datagramio {

void setReceiveBuffer(socketio::Descriptor descriptor, std::size_t bytes)
{
    // The system refuses what is above its limit, instead of giving that.
    for (std::size_t size = std::min<std::size_t>(bytes, 1 << 30); size >= 64 * 1024; size /= 2) {
        const int value = static_cast<int>(size);
        if (::setsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_RCVBUF, &value, sizeof value) == 0)
            return;
    }
}

std::size_t receive(socketio::Descriptor descriptor, std::span<Slot> slots)
{
    std::size_t count = 0;
    while (count < slots.size()) {
        Slot &slot = slots[count];
        sockaddr_storage sender{};
        iovec room{slot.room.data(), slot.room.size()};
        msghdr message{};
        message.msg_iov = &room;
        message.msg_iovlen = 1;
        message.msg_name = &sender;
        message.msg_namelen = sizeof sender;
        const ssize_t bytes = ::recvmsg(static_cast<int>(descriptor), &message, 0);
        if (bytes < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        slot.bytes = std::string_view(slot.room.data(), static_cast<std::size_t>(bytes));
        slot.isCut = message.msg_flags & MSG_TRUNC;
        setAddress(slot, sender, message.msg_namelen);
        ++count;
    }
    return count;
}

std::uint32_t dropped(socketio::Descriptor) { return 0; }

} // namespace sluice::datagramio
