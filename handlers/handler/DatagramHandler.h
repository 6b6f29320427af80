#pragma once

#include "handler/SocketHandler.h"

namespace sluice {

/// Sends each record as one datagram, UDP or to a Unix socket: the same bytes that SocketHandler sends, with their
/// length in front. https://docs.python.org/3/library/logging.handlers.html#datagramhandler
///
/// Whether anybody reads UDP is not known, as with Python's. IPv4 where the host has both. A record that is too large
/// for a datagram is reported; nothing is kept to be sent again.
class DatagramHandler : public SocketHandler
{
public:
    explicit DatagramHandler(Options options);

protected:
    Result<std::unique_ptr<PeerSocket>> makeSocket() override;
    void sendFrames() override;
};

} // namespace sluice
