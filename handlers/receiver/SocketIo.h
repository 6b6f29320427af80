#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

/// The few calls on a socket's descriptor that differ between systems.
namespace sluice::socketio {

using Descriptor = std::intptr_t;

struct ReadResult
{
    enum class State {
        Data,  ///< `bytes` were read
        Empty, ///< nothing there now
        Ended, ///< the peer has closed its side
        Failed ///< `reason` says why
    };

    State state = State::Empty;
    std::size_t bytes = 0;
    std::string reason;
};

/// Never waits, once setUp() has been called.
ReadResult read(Descriptor descriptor, std::span<char> into);

/// Makes an accepted connection ready for read().
void setUp(Descriptor descriptor);

void close(Descriptor descriptor);

/// The other end's address without its port: "127.0.0.1"; empty if it is not known any more.
std::string peerAddress(Descriptor descriptor);

} // namespace sluice::socketio
