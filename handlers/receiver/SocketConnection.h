#pragma once

#include "receiver/Connection.h"
#include "receiver/SocketIo.h"

#include <QSocketNotifier>

namespace sluice {

/// A connection over TCP or a Unix socket: reads while there is something to read, straight into the stream's
/// buffer.
class SocketConnection final : public Connection
{
public:
    /// Owns the descriptor.
    SocketConnection(socketio::Descriptor descriptor, std::string peer, std::shared_ptr<PeerMemory> memory);
    ~SocketConnection() override;

    void write(std::string_view bytes) override;

private:
    void begin() override;
    void halt() override;
    void leave() override;
    void read() override;
    /// Whether there may be more.
    bool readOnce();
    void peerHasEnded();
    void sendWaiting();

    const socketio::Descriptor m_descriptor;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    std::string m_waiting; ///< to be sent
    bool m_hasEndedWriting = false;
    bool m_peerHasEnded = false; ///< while closing
};

} // namespace sluice
