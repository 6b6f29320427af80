#pragma once

#include "receiver/FrameStream.h"
#include "receiver/SocketIo.h"

#include <QSocketNotifier>

#include <functional>

namespace sluice {

/// One accepted connection: reads while there is something to read, straight into the stream's buffer. Lives
/// on the thread it was made on.
class SocketConnection
{
public:
    /// Owns the descriptor. `closed` is called, once and at the end of an event, when the connection is over;
    /// it may delete the connection.
    SocketConnection(socketio::Descriptor descriptor, FrameWorkshop &workshop, RecordSink &sink,
                     std::string peer, std::function<void()> closed);
    ~SocketConnection();

private:
    void read();
    /// Whether there may be more.
    bool readOnce();
    void finish(std::string_view reason);

    const socketio::Descriptor m_descriptor;
    FrameStream m_stream;
    std::function<void()> m_closed;
    QSocketNotifier m_notifier;
};

} // namespace sluice
