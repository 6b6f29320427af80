#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sluice {

/// What a receiver makes of the bytes of one connection: frames, lines, requests. Knows nothing of sockets. Called
/// by its Connection, on the connection's thread only.
class ConnectionStream
{
public:
    virtual ~ConnectionStream() = default;

    /// Where to put what is read next; never empty.
    virtual std::span<char> space() = 0;

    /// The first `bytes` of space() have been filled; zero says that nothing more is there for now. False if
    /// the connection is to be closed: the sink has been stopped, or nothing can be made of what comes.
    virtual bool take(std::size_t bytes) = 0;

    /// Nothing more will come. `reason`: why, should something have been cut off ("The connection was
    /// closed"). Not called after take() has returned false, or
    /// after Connection::close().
    virtual void end(std::string_view reason) = 0;

    /// Bytes that are kept for something that has not come whole yet; zero in between. Who stays above zero
    /// without sending is cut off.
    virtual std::size_t held() const = 0;

    /// Grows whenever something has come whole. Who has never sent anything whole gives way first when
    /// connections run out.
    std::uint64_t completed() const { return m_completed; }

protected:
    void completeOne() { ++m_completed; }

private:
    std::uint64_t m_completed = 0;
};

} // namespace sluice
