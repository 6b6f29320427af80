#include "receiver/SocketConnection.h"

namespace sluice {

SocketConnection::SocketConnection(socketio::Descriptor descriptor, FrameWorkshop &workshop, RecordSink &sink,
                                   std::string peer, std::function<void()> closed)
    : m_descriptor(descriptor), m_stream(workshop, sink, std::move(peer)), m_closed(std::move(closed)),
      m_notifier(descriptor, QSocketNotifier::Read)
{
    socketio::setUp(descriptor);
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { read(); });
}

SocketConnection::~SocketConnection()
{
    m_notifier.setEnabled(false);
    socketio::close(m_descriptor);
}

void SocketConnection::read()
{
    // A busy sender is read on without a way through the event loop each time, but others get their turn.
    constexpr int readsAtATime = 16;
    for (int i = 0; i < readsAtATime && readOnce(); ++i) {
    }
}

bool SocketConnection::readOnce()
{
    const socketio::ReadResult result = socketio::read(m_descriptor, m_stream.space());
    switch (result.state) {
    case socketio::ReadResult::State::Data:
        if (m_stream.take(result.bytes))
            return true;
        finish({});
        break;
    case socketio::ReadResult::State::Empty:
        m_stream.take(0);
        break;
    case socketio::ReadResult::State::Ended:
        finish("The connection was closed");
        break;
    case socketio::ReadResult::State::Failed:
        finish("The connection was lost (" + result.reason + ")");
        break;
    }
    return false;
}

void SocketConnection::finish(std::string_view reason)
{
    m_notifier.setEnabled(false);
    if (!reason.empty())
        m_stream.end(reason);
    m_closed();
}

} // namespace sluice
