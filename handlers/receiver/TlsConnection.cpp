#include "receiver/TlsConnection.h"

#include "receiver/StreamBuffer.h"

#include <QNetworkProxy>
#include <QSslConfiguration>

namespace sluice {

namespace {

constexpr qint64 maxWaiting = 4 * 1024 * 1024;

/// QSslSocket cannot end one side alone. So a peer that sends nothing for so long is taken to have said everything.
constexpr std::chrono::milliseconds quietTime{500};

} // namespace

TlsConnection::TlsConnection(socketio::Descriptor descriptor, const QSslConfiguration &tls, RecordSink &sink,
                             std::string peer, std::shared_ptr<PeerMemory> memory)
    : Connection(std::move(peer), std::move(memory)), m_sink(sink)
{
    // What is not read yet waits in the system, and so at the sender.
    m_socket.setReadBufferSize(StreamBuffer::bufferBytes);
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSslConfiguration(tls);
    QObject::connect(&m_socket, &QSslSocket::encrypted, &m_socket, [this] { m_wasEncrypted = true; });
    QObject::connect(&m_socket, &QSslSocket::readyRead, &m_socket, [this] { read(); });
    QObject::connect(&m_socket, &QSslSocket::disconnected, &m_socket, [this] { over(); });
    QObject::connect(&m_socket, &QSslSocket::errorOccurred, &m_socket, [this] { over(); });
    QObject::connect(&m_quietTimer, &QTimer::timeout, &m_quietTimer, [this] { quiet(); });
}

TlsConnection::~TlsConnection() { m_socket.disconnect(); }

void TlsConnection::begin() { m_socket.startServerEncryption(); }

void TlsConnection::halt()
{
    m_socket.blockSignals(true);
    m_quietTimer.stop();
}

void TlsConnection::read()
{
    if (isClosing())
        m_quietTimer.start(); // again
    while (!isOver()) {
        const std::span<char> into = space();
        const qint64 bytes = m_socket.read(into.data(), static_cast<qint64>(into.size()));
        if (bytes <= 0) {
            drained();
            return;
        }
        if (!received(static_cast<std::size_t>(bytes)))
            return;
    }
}

void TlsConnection::over()
{
    if (isOver())
        return;
    const std::string reason = m_socket.errorString().toStdString();
    if (!m_wasEncrypted) {
        m_sink.reject(peer(), "The TLS handshake failed (" + reason + ").", {});
        finish({});
        return;
    }
    read();
    if (m_socket.error() == QAbstractSocket::RemoteHostClosedError)
        finish("The connection was closed");
    else
        finish("The connection was lost (" + reason + ")");
}

void TlsConnection::write(std::string_view bytes)
{
    if (isOver() || isClosing())
        return;
    if (m_socket.bytesToWrite() + static_cast<qint64>(bytes.size()) > maxWaiting) {
        finish({});
        return;
    }
    m_socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void TlsConnection::leave() { m_quietTimer.start(quietTime); }

void TlsConnection::quiet()
{
    if (m_socket.bytesToWrite() == 0 && m_socket.encryptedBytesToWrite() == 0)
        m_socket.disconnectFromHost();
}

} // namespace sluice
