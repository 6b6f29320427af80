#pragma once

#include "base/Result.h"
#include "receiver/ListenAddress.h"
#include "receiver/SocketIo.h"

#include <memory>
#include <optional>

namespace sluice {

/// A Unix socket that listens (streams) or receives (datagrams) at a path. Its file has the permissions asked for
/// from the first moment that anyone can connect, and goes with this object. What a program that has ended
/// left behind at the path is replaced; a socket that somebody listens on, or anything else, is not. Windows
/// has none: bind() says so there.
class UnixSocketFile
{
public:
    enum class Kind { Stream, Datagram };

    static Result<std::unique_ptr<UnixSocketFile>> bind(const ListenAddress &address, Kind kind);

    /// Whether bind() would find a place there, without making or replacing anything.
    static Status look(const ListenAddress &address, Kind kind);

    virtual ~UnixSocketFile() = default;

    /// Never makes anyone wait.
    virtual socketio::Descriptor descriptor() const = 0;

    /// The next connection, which the caller owns; none if nobody waits. Fails if the system has none to give.
    virtual Result<std::optional<socketio::Descriptor>> accept() = 0;
};

} // namespace sluice
