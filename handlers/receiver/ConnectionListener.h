#pragma once

#include "receiver/Connection.h"
#include "receiver/HeldAddress.h"
#include "receiver/Receiver.h"

#include <QSslConfiguration>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace sluice {

class IoThread;

/// What connections may cost.
struct ConnectionLimits
{
    /// Open at a time. Then one that has had `grace` and never sent anything whole gives way, or the new one is
    /// refused.
    std::size_t connections = 256;
    std::chrono::milliseconds grace{2000};
    /// Bytes that all connections of one peer keep of what has not come whole yet.
    std::size_t peerMemory = 64 * 1024 * 1024;
    /// How long something may take to come whole while hardly anything comes; how long closing may take in all.
    std::chrono::seconds stall{60};
};

/// Listens for connections over TCP, TLS or a Unix socket, and gives each a stream of the receiver's making. All
/// of it runs on the I/O thread; the functions here are called from another.
class ConnectionListener
{
public:
    using MakeStream = std::function<std::unique_ptr<ConnectionStream>(Connection &connection)>;

    /// `thread` and `sink` outlive it. `makeStream` is called on the thread; a connection outlives its stream.
    ConnectionListener(IoThread &thread, RecordSink &sink, ConnectionLimits limits, MakeStream makeStream);
    /// Closes all connections; nothing is called any more when it returns.
    ~ConnectionListener();
    ConnectionListener(const ConnectionListener &) = delete;
    ConnectionListener &operator=(const ConnectionListener &) = delete;

    /// Begins to listen; once. With `tls`, connections over TCP have to speak it.
    Status listen(const ListenAddress &address, std::optional<QSslConfiguration> tls = {});

    /// Takes no connections any more; those that stand go on, and those that wait to be taken are taken first.
    void stopListening();

    /// For people: "127.0.0.1:9020", or the path. Valid after listen().
    const std::string &endpoint() const { return m_endpoint; }
    /// The port it listens on; 0 for a path.
    std::uint16_t port() const { return m_port; }

private:
    class Server;

    IoThread &m_thread;
    std::unique_ptr<Server> m_server; ///< made, used and deleted on the thread
    std::string m_endpoint;
    std::uint16_t m_port = 0;
    std::optional<HeldAddress> m_held;
};

} // namespace sluice
