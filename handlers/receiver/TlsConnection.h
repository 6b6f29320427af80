#pragma once

#include "receiver/Connection.h"
#include "receiver/Receiver.h"
#include "receiver/SocketIo.h"

#include <QSslSocket>
#include <QTimer>

namespace sluice {

/// A connection over TLS. One whose handshake fails is rejected with the reason.
class TlsConnection final : public Connection
{
public:
    /// Owns the descriptor. `sink` outlives it.
    TlsConnection(socketio::Descriptor descriptor, const QSslConfiguration &tls, RecordSink &sink,
                  std::string peer, std::shared_ptr<PeerMemory> memory);
    ~TlsConnection() override;

    void write(std::string_view bytes) override;

private:
    void begin() override;
    void halt() override;
    void leave() override;
    bool isSettingUp() const override { return !m_socket.isEncrypted(); }
    void read() override;
    void over();
    void quiet();

    RecordSink &m_sink;
    QSslSocket m_socket;
    bool m_wasEncrypted = false;
    QTimer m_quietTimer; ///< while closing, since something came last
};

} // namespace sluice
