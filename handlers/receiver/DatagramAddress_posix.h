#pragma once

#include "receiver/DatagramIo.h"

#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace sluice::datagramio {

/// Copies a sender's address, without its port, into the slot.
inline void setAddress(Slot &slot, const sockaddr_storage &from, socklen_t size)
{
    slot.addressBytes = 0;
    if (size >= sizeof(sockaddr_in) && from.ss_family == AF_INET) {
        slot.addressBytes = 4;
        std::memcpy(slot.address.data(), &reinterpret_cast<const sockaddr_in &>(from).sin_addr, 4);
    } else if (size >= sizeof(sockaddr_in6) && from.ss_family == AF_INET6) {
        slot.addressBytes = 16;
        std::memcpy(slot.address.data(), &reinterpret_cast<const sockaddr_in6 &>(from).sin6_addr, 16);
    }
}

} // namespace sluice::datagramio
