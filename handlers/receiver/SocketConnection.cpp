#include "receiver/SocketConnection.h"

#include <utility>

namespace sluice {

namespace {

/// More answers than this do not wait for a peer.
constexpr std::size_t maxWaiting = 4 * 1024 * 1024;

} // namespace

SocketConnection::SocketConnection(socketio::Descriptor descriptor, std::string peer,
                                   std::shared_ptr<PeerMemory> memory)
    : Connection(std::move(peer), std::move(memory)), m_descriptor(descriptor),
      m_readable(descriptor, QSocketNotifier::Read), m_writable(descriptor, QSocketNotifier::Write)
{
    socketio::setUp(descriptor);
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    QObject::connect(&m_readable, &QSocketNotifier::activated, &m_readable, [this] { read(); });
    QObject::connect(&m_writable, &QSocketNotifier::activated, &m_writable, [this] { sendWaiting(); });
}

SocketConnection::~SocketConnection()
{
    halt();
    socketio::close(m_descriptor);
}

void SocketConnection::begin() { m_readable.setEnabled(true); }

void SocketConnection::halt()
{
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
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
    const socketio::ReadResult result = socketio::read(m_descriptor, space());
    switch (result.state) {
    case socketio::ReadResult::State::Data:
        return received(result.bytes);
    case socketio::ReadResult::State::Empty:
        drained();
        break;
    case socketio::ReadResult::State::Ended:
        if (isClosing())
            peerHasEnded();
        else
            finish("The connection was closed");
        break;
    case socketio::ReadResult::State::Failed:
        finish("The connection was lost (" + result.reason + ")");
        break;
    }
    return false;
}

void SocketConnection::write(std::string_view bytes)
{
    if (isOver() || isClosing())
        return;
    if (m_waiting.size() + bytes.size() > maxWaiting) {
        finish({});
        return;
    }
    m_waiting.append(bytes);
    sendWaiting();
}

void SocketConnection::leave() { sendWaiting(); }

void SocketConnection::peerHasEnded()
{
    m_peerHasEnded = true;
    m_readable.setEnabled(false);
    sendWaiting();
}

void SocketConnection::sendWaiting()
{
    if (isOver())
        return;
    std::size_t sent = 0;
    while (sent < m_waiting.size()) {
        const socketio::WriteResult result =
            socketio::write(m_descriptor, std::string_view(m_waiting).substr(sent));
        if (result.state == socketio::WriteResult::State::Failed) {
            finish({}); // not with a reason: its stream may be what writes
            return;
        }
        if (result.state == socketio::WriteResult::State::Full)
            break;
        sent += result.bytes;
    }
    m_waiting.erase(0, sent);
    m_writable.setEnabled(!m_waiting.empty());
    if (!m_waiting.empty() || !isClosing())
        return;
    if (m_peerHasEnded)
        finish({});
    else if (!std::exchange(m_hasEndedWriting, true))
        socketio::endWriting(m_descriptor);
}

} // namespace sluice
