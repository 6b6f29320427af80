#pragma once

#include "receiver/HeldAddress.h"
#include "receiver/Receiver.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

class IoThread;

/// One message as it came.
struct Datagram
{
    std::string_view bytes;
    std::shared_ptr<const std::string> peer; ///< address without port, or the path of the socket it came by
};

/// Receives datagrams over UDP or a Unix socket and gives them on, as many at a time as are there. All of it runs on
/// the I/O thread; the functions here are called from another. What the system throws away, since it comes faster
/// than it is read, is counted where the system says so (Linux).
class DatagramListener
{
public:
    /// Takes datagrams, whose bytes are valid for the call. False once the sink has been stopped.
    using Take = std::function<bool(std::span<const Datagram> datagrams)>;

    /// `thread` and `sink` outlive it. `take` is called on the thread.
    DatagramListener(IoThread &thread, RecordSink &sink, Take take);
    /// Reads what has come until now, and ends.
    ~DatagramListener();
    DatagramListener(const DatagramListener &) = delete;
    DatagramListener &operator=(const DatagramListener &) = delete;

    /// Begins to receive; once. `receiveBuffer`: bytes that the system should keep for us.
    Status listen(const ListenAddress &address, std::size_t receiveBuffer);

    /// For people: "127.0.0.1:9021", or the path. Valid after listen().
    const std::string &endpoint() const { return m_endpoint; }
    /// 0 for a path.
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
