#include "handler/PeerSocket.h"

#include "handler/NativeSocket.h"

#include <algorithm>
#include <thread>

namespace sluice {

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;
using Kind = NativeSocket::Kind;
using State = NativeSocket::State;

/// A peer that reads so slowly that this much takes longer than the timeout counts as one that does not read.
constexpr std::size_t bytesPerTimeout = 64 * 1024;

Error failure(const std::string &peer, const std::string &reason)
{
    return Error{peer + " does not take what is sent: " + reason + "."};
}

Milliseconds leftUntil(Clock::time_point until)
{
    return std::max(std::chrono::ceil<Milliseconds>(until - Clock::now()), Milliseconds(0));
}

class StreamSocket final : public PeerSocket
{
public:
    StreamSocket(NativeSocket socket, std::string peer, PeerTimeout timeout)
        : m_socket(std::move(socket)), m_peer(std::move(peer)), m_timeout(timeout.milliseconds())
    {
    }

    Sent send(std::string_view bytes) override
    {
        std::size_t sent = 0;
        std::size_t renewed = 0;
        auto until = Clock::now() + m_timeout;
        while (sent < bytes.size()) {
            const NativeSocket::Outcome outcome = m_socket.send(bytes.substr(sent, bytesPerTimeout));
            sent += outcome.bytes;
            if (outcome.state == State::Failed)
                return {sent, failure(m_peer, NativeSocket::errorText(outcome.error))};
            if (sent - renewed >= bytesPerTimeout) {
                renewed = sent;
                until = Clock::now() + m_timeout;
            }
            if (outcome.state == State::Wait && !m_socket.waitWritable(leftUntil(until)))
                return {sent, failure(m_peer, "timed out")};
        }
        return {sent, {}};
    }

    bool hasEnded() override { return m_socket.hasEnded(); }

private:
    NativeSocket m_socket;
    const std::string m_peer;
    const Milliseconds m_timeout;
};

Result<std::unique_ptr<PeerSocket>> connectStream(const NativeSocket::Endpoint &endpoint, const std::string &peer,
                                                  PeerTimeout timeout)
{
    auto socket = NativeSocket::open(endpoint, Kind::Stream);
    if (!socket)
        return socket.error();
    const NativeSocket::Outcome outcome = socket->connect(endpoint);
    int error = outcome.error;
    if (outcome.state == State::Wait) {
        if (!socket->waitWritable(Milliseconds(timeout.milliseconds())))
            return Error{"No connection to " + peer + ": timed out."};
        error = socket->pendingError();
    }
    if (error != 0)
        return Error{"No connection to " + peer + ": " + NativeSocket::errorText(error) + "."};
    return std::unique_ptr<PeerSocket>(std::make_unique<StreamSocket>(std::move(*socket), peer, timeout));
}

/// Sends datagrams; what a full queue of the reader means differs, so that goes on trying until the time is up.
class DatagramSocket : public PeerSocket
{
public:
    DatagramSocket(NativeSocket socket, NativeSocket::Endpoint endpoint, std::string peer, PeerTimeout timeout)
        : m_endpoint(std::move(endpoint)), m_peer(std::move(peer)), m_timeout(timeout.milliseconds()),
          m_socket(std::move(socket))
    {
    }

    Sent send(std::string_view bytes) override
    {
        const auto until = Clock::now() + m_timeout;
        for (;;) {
            const NativeSocket::Outcome outcome = sendOnce(bytes);
            if (outcome.state == State::Done)
                return {bytes.size(), {}};
            if (outcome.state == State::Failed)
                return {0, failed(outcome.error, bytes.size())};
            if (!m_socket.waitWritable(leftUntil(until)) || leftUntil(until) == Milliseconds(0))
                return {0, failure(m_peer, "timed out")};
            // Some systems say "writable" whatever the reader's queue is.
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    }

protected:
    virtual NativeSocket::Outcome sendOnce(std::string_view bytes) = 0;

    Error failed(int error, std::size_t bytes) const
    {
        if (NativeSocket::isTooLarge(error))
            return Error{"The record is too large for a datagram: it has " + std::to_string(bytes) + " bytes."};
        return failure(m_peer, NativeSocket::errorText(error));
    }

    const NativeSocket::Endpoint m_endpoint;
    const std::string m_peer;
    const Milliseconds m_timeout;
    NativeSocket m_socket;
};

class UdpSocket final : public DatagramSocket
{
public:
    using DatagramSocket::DatagramSocket;

private:
    NativeSocket::Outcome sendOnce(std::string_view bytes) override { return m_socket.sendTo(bytes, m_endpoint); }
};

class UnixDatagramSocket final : public DatagramSocket
{
public:
    using DatagramSocket::DatagramSocket;

private:
    // Connected, since only then the system can wait for room in the reader's queue.
    NativeSocket::Outcome sendOnce(std::string_view bytes) override
    {
        NativeSocket::Outcome outcome = m_socket.send(bytes);
        if (outcome.state != State::Failed || NativeSocket::isTooLarge(outcome.error))
            return outcome;
        auto socket = NativeSocket::open(m_endpoint, Kind::Datagram);
        if (!socket)
            return outcome;
        outcome = socket->connect(m_endpoint);
        if (outcome.state != State::Done)
            return {State::Failed, 0, outcome.error};
        m_socket = std::move(*socket);
        return m_socket.send(bytes);
    }
};

std::string peerName(const std::string &host, int port)
{
    const bool isIPv6 = host.find(':') != std::string::npos;
    return (isIPv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

/// For sentences: a name in Linux' abstract namespace begins with "@" there.
std::string pathName(const std::string &path) { return path.starts_with('\0') ? "@" + path.substr(1) : path; }

} // namespace

int PeerTimeout::milliseconds() const { return static_cast<int>(std::clamp(seconds, 0.001, 86400.0) * 1000); }

Result<std::unique_ptr<PeerSocket>> connectTcp(const std::string &host, int port, PeerTimeout timeout)
{
    const auto endpoints = NativeSocket::resolve(host, port, Kind::Stream);
    if (!endpoints)
        return endpoints.error();
    Error error;
    for (const NativeSocket::Endpoint &endpoint : *endpoints) {
        auto connected = connectStream(endpoint, peerName(host, port), timeout);
        if (connected)
            return connected;
        error = connected.error();
    }
    return error;
}

Result<std::unique_ptr<PeerSocket>> openUdp(const std::string &host, int port, PeerTimeout timeout, bool preferIPv4)
{
    auto endpoints = NativeSocket::resolve(host, port, Kind::Datagram);
    if (!endpoints)
        return endpoints.error();
    if (preferIPv4)
        std::stable_partition(endpoints->begin(), endpoints->end(),
                              [](const auto &endpoint) { return endpoint.isIPv4(); });
    Error error;
    for (NativeSocket::Endpoint &endpoint : *endpoints) {
        auto socket = NativeSocket::open(endpoint, Kind::Datagram);
        if (socket)
            return std::unique_ptr<PeerSocket>(std::make_unique<UdpSocket>(
                std::move(*socket), std::move(endpoint), peerName(host, port), timeout));
        error = socket.error();
    }
    return error;
}

Result<std::unique_ptr<PeerSocket>> connectUnixStream(const std::string &path, PeerTimeout timeout)
{
    const auto endpoint = NativeSocket::unixEndpoint(path);
    if (!endpoint)
        return endpoint.error();
    return connectStream(*endpoint, pathName(path), timeout);
}

Result<std::unique_ptr<PeerSocket>> openUnixDatagram(const std::string &path, PeerTimeout timeout, bool connectNow)
{
    auto endpoint = NativeSocket::unixEndpoint(path);
    if (!endpoint)
        return endpoint.error();
    auto socket = NativeSocket::open(*endpoint, Kind::Datagram);
    if (!socket)
        return socket.error();
    if (connectNow) {
        if (const NativeSocket::Outcome outcome = socket->connect(*endpoint); outcome.state != State::Done)
            return Error{"No connection to " + pathName(path) + ": " + NativeSocket::errorText(outcome.error) + "."};
    }
    return std::unique_ptr<PeerSocket>(std::make_unique<UnixDatagramSocket>(
        std::move(*socket), std::move(*endpoint), pathName(path), timeout));
}

} // namespace sluice
