#pragma once

#include "base/Result.h"
#include "receiver/ListenAddress.h"
#include "receiver/SocketIo.h"

#include <QHostAddress>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// The calls for datagrams that differ between systems.
namespace sluice::datagramio {

/// A place for one datagram, and what came into it.
struct Slot
{
    std::span<char> room;

    std::string_view bytes;   ///< what came
    bool isCut = false;       ///< it was longer than its room
    std::array<char, 16> address; ///< of the sender, as the network has it
    std::size_t addressBytes = 0; ///< 4 or 16; 0 if it has none
};

/// A socket for UDP that takes what comes to the address and never waits. `port`: the system's choice where the
/// address says 0.
Result<socketio::Descriptor> openUdp(const QHostAddress &host, const ListenAddress &address, std::uint16_t &port);

/// How much the system should keep for us until we read; it may give less.
void setReceiveBuffer(socketio::Descriptor descriptor, std::size_t bytes);

/// Takes what is there, at most as many as there are slots; none if nothing is.
std::size_t receive(socketio::Descriptor descriptor, std::span<Slot> slots);

/// How many datagrams the system has thrown away since the socket was opened, where it says so; else 0.
std::uint32_t dropped(socketio::Descriptor descriptor);

/// An address for people: "127.0.0.1"; IPv4 that came in through IPv6 is IPv4.
std::string addressText(std::string_view address);

} // namespace sluice::datagramio
