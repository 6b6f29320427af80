#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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

struct WriteResult
{
    enum class State {
        Sent,  ///< `bytes` were taken
        Full,  ///< the peer has to read first
        Failed ///< the connection is gone
    };

    State state = State::Full;
    std::size_t bytes = 0;
};

/// Never waits, once setUp() has been called.
ReadResult read(Descriptor descriptor, std::span<char> into);

/// Never waits, once setUp() has been called. A connection that is gone is an answer, not a signal.
WriteResult write(Descriptor descriptor, std::string_view bytes);

/// Makes an accepted connection ready for read() and write().
void setUp(Descriptor descriptor);

/// Tells the peer that nothing more is written. Reading goes on.
void endWriting(Descriptor descriptor);

void close(Descriptor descriptor);

/// The other end's address without its port: "127.0.0.1"; empty if it is not known any more.
std::string peerAddress(Descriptor descriptor);

} // namespace sluice::socketio
