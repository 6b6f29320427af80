#pragma once

#include "receiver/ListenAddress.h"

namespace sluice {

enum class Transport { Stream, Datagram };

/// An address at which this program listens, for as long as this object lives: so that a trial of a receiver can tell its own program
/// from others. Thread-safe.
class HeldAddress
{
public:
    /// `address`: with the port that the system chose.
    HeldAddress(Transport transport, ListenAddress address);
    ~HeldAddress();
    HeldAddress(const HeldAddress &) = delete;
    HeldAddress &operator=(const HeldAddress &) = delete;

    /// Whether one is held that leaves no room for this one.
    static bool isHeld(Transport transport, const ListenAddress &address);

private:
    const Transport m_transport;
    const ListenAddress m_address;
};

} // namespace sluice
