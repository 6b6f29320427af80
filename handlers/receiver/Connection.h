#pragma once

#include "receiver/ConnectionStream.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// What all connections of one peer keep together.
struct PeerMemory
{
    std::size_t held = 0;
    std::size_t limit = 0;
};

/// One accepted connection, whatever it runs over: feeds its stream, and takes answers. Lives on the thread it
/// was made on. Made by ConnectionListener.
class Connection
{
public:
    using Clock = std::chrono::steady_clock;

    Connection(std::string peer, std::shared_ptr<PeerMemory> memory);
    virtual ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Who is at the other end, the same for each of its connections: an address without port, or the path of
    /// the socket it came in by.
    const std::string &peer() const { return m_peer; }

    /// Sends, after what was written before. A peer that does not fetch its answers loses the connection.
    virtual void write(std::string_view bytes) = 0;

    /// Ends it: when what was written has gone and the peer has ended its side, too. Until then, within a bound of
    /// bytes and of time, what the peer still sends is read for nothing, since the system resets a connection that is
    /// closed with something unread, and a reset overtakes the last answer. The stream is given nothing more, and
    /// writes nothing more.
    void close();
    bool isClosing() const { return m_closingSince.has_value(); }

    /// Begins to read. `closed` is called, once, when the connection is over; it must not delete the
    /// connection before it has returned.
    void start(std::unique_ptr<ConnectionStream> stream, std::function<void()> closed);

    /// Cuts it off if something that began to come has hardly moved on for `limit`, or if close() was called so long
    /// ago. To be called now and then.
    void checkProgress(Clock::time_point now, std::chrono::seconds limit);

    /// Whether it is over, or has had `grace` and not sent anything whole. Reads what is there to know.
    bool isUseless(Clock::time_point now, std::chrono::milliseconds grace);

    /// Cuts it off. `reason`: as for ConnectionStream::end().
    void cutOff(std::string_view reason);

protected:
    virtual void begin() = 0;
    /// Reads what is there, or much of it.
    virtual void read() = 0;
    /// Stops reading and writing, at once.
    virtual void halt() = 0;
    /// close() was called: says so to the peer when what was written has gone.
    virtual void leave() = 0;
    /// Whether something is under way that its stream does not know of (a handshake).
    virtual bool isSettingUp() const { return false; }

    std::span<char> space() { return m_stream->space(); }
    /// Gives the stream what was read into space(). False if the connection is over.
    bool received(std::size_t bytes);
    /// Nothing is there to be read for now.
    void drained();
    /// The connection is over. With a reason the stream is told, unless it has closed it.
    void finish(std::string_view reason);
    bool isOver() const { return m_over; }

private:
    void account();

    const std::string m_peer;
    const std::shared_ptr<PeerMemory> m_memory;
    const Clock::time_point m_began = Clock::now();
    std::unique_ptr<ConnectionStream> m_stream;
    std::function<void()> m_closed;
    std::size_t m_held = 0;
    std::uint64_t m_received = 0; ///< bytes
    bool m_drained = true;
    bool m_over = false;
    std::optional<Clock::time_point> m_closingSince;
    std::uint64_t m_discarded = 0; ///< bytes that came while closing
    std::optional<Clock::time_point> m_unfinishedSince;
    std::uint64_t m_completedThen = 0;
    std::uint64_t m_receivedThen = 0;
};

} // namespace sluice
