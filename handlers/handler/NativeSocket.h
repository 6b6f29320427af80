#pragma once

#include "base/Result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A client's socket of the system that never waits but where it says so, and never raises SIGPIPE. The calls that
/// differ between systems are here and nowhere else. Movable; not thread-safe.
class NativeSocket
{
public:
    enum class Kind { Stream, Datagram };

    /// Where a socket can go to: an address as the system has it.
    struct Endpoint
    {
        int family = 0;
        int protocol = 0;
        std::vector<char> address;

        bool isIPv4() const;
    };

    /// What became of a call.
    enum class State {
        Done,
        Wait,  ///< it would have waited
        Failed ///< `error` says why
    };
    struct Outcome
    {
        State state = State::Done;
        std::size_t bytes = 0;
        int error = 0;
    };

    /// All endpoints of a host's name or number, in the system's order; never an empty list. Waits for the resolver,
    /// which cannot be told when to give up.
    static Result<std::vector<Endpoint>> resolve(const std::string &host, int port, Kind kind);
    /// The endpoint of a Unix socket. A path that begins with NUL is a name in Linux' abstract namespace.
    static Result<Endpoint> unixEndpoint(const std::string &path);

    NativeSocket() = default;
    ~NativeSocket();
    NativeSocket(NativeSocket &&other) noexcept;
    NativeSocket &operator=(NativeSocket &&other) noexcept;

    static Result<NativeSocket> open(const Endpoint &endpoint, Kind kind);
    bool isOpen() const { return m_descriptor != closed; }
    void close();

    /// Wait: see waitWritable(), then pendingError().
    Outcome connect(const Endpoint &endpoint);
    /// The socket's own error since it was last asked; 0: none.
    int pendingError();
    Outcome send(std::string_view bytes);
    Outcome sendTo(std::string_view bytes, const Endpoint &endpoint);
    /// False if there was no room within `timeout`.
    bool waitWritable(std::chrono::milliseconds timeout) { return waitWritable(m_descriptor, timeout); }
    static bool waitWritable(std::intptr_t descriptor, std::chrono::milliseconds timeout);

    /// Whether the other end of a stream has ended it. What it has sent is read and forgotten, up to 64 KiB at a time.
    bool hasEnded();

    static std::string errorText(int error);
    /// Whether an error says that a datagram is too large.
    static bool isTooLarge(int error);

    /// Calls a library that may write to a broken socket, and keeps SIGPIPE from this thread meanwhile.
    static void withoutPipeSignal(const std::function<void()> &call);

private:
    static constexpr std::intptr_t closed = -1;

    std::intptr_t m_descriptor = closed;
};

} // namespace sluice
