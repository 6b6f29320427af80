#pragma once

#include "base/Result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// An open way to a peer: what a handler that sends holds. Used by one thread at a time, whichever.
class PeerSocket
{
public:
    struct Sent
    {
        std::size_t bytes = 0; ///< of what was given, from its beginning, that were taken
        Status status;
    };

    PeerSocket() = default;
    virtual ~PeerSocket() = default;
    PeerSocket(const PeerSocket &) = delete;
    PeerSocket &operator=(const PeerSocket &) = delete;

    /// Sends all of it, on a datagram socket as one datagram. Waits no longer than the socket's timeout for each
    /// 64 KiB. A stream of which a part was taken only is of no use afterwards.
    virtual Sent send(std::string_view bytes) = 0;

    /// Whether the peer has ended the connection, so that what is sent now would be lost without a word.
    virtual bool hasEnded() { return false; }
};

/// How long a peer may take, in seconds, as Python's timeouts are. At most a day; 1 ms at least.
struct PeerTimeout
{
    double seconds = 1;

    int milliseconds() const;
};

/// A TCP connection to the first of the host's addresses that answers.
Result<std::unique_ptr<PeerSocket>> connectTcp(const std::string &host, int port, PeerTimeout timeout);
/// A UDP socket that is not connected, as Python's: nobody needs to listen. `preferIPv4`: where the host has both.
Result<std::unique_ptr<PeerSocket>> openUdp(const std::string &host, int port, PeerTimeout timeout, bool preferIPv4);
/// A connection to a Unix stream socket.
Result<std::unique_ptr<PeerSocket>> connectUnixStream(const std::string &path, PeerTimeout timeout);
/// A Unix datagram socket. It connects when it sends, and once more where the other side was made anew. `connectNow`:
/// fails where there is no such socket, or one for streams.
Result<std::unique_ptr<PeerSocket>> openUnixDatagram(const std::string &path, PeerTimeout timeout, bool connectNow);

} // namespace sluice
