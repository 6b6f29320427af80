#pragma once

#include "receiver/ConnectionStream.h"
#include "receiver/StreamBuffer.h"
#include "receiver/SyslogWorkshop.h"

#include <cstddef>
#include <optional>
#include <string>

namespace sluice {

/// The messages of one syslog connection. How each is framed is seen from its beginning, as rsyslog does it:
///
/// - a number, a space and a "<" : octet counting (RFC 6587 3.4.1; all of RFC 5425);
/// - anything else ends with a line feed or a NUL (RFC 6587 3.4.2). Python's SysLogHandler ends its messages with
///   NULs, and they may have several lines: a connection whose first message ends so has line feeds as text.
///
/// What has no end yet when the connection closes is a message too, unless its octets were counted. A message that is
/// longer than the limit is rejected and not kept. For one thread.
class SyslogStream final : public ConnectionStream
{
public:
    /// `workshop` outlives it.
    SyslogStream(SyslogWorkshop &workshop, std::string peer);

    std::span<char> space() override { return m_buffer.space(m_expected); }
    bool take(std::size_t bytes) override;
    void end(std::string_view reason) override;
    std::size_t held() const override { return m_buffer.pending().size() + (m_skip || m_skipsText ? 1 : 0); }

private:
    enum class Ending { Unknown, LineFeed, Nul };

    bool decode();
    /// Drops what belongs to a message that was too long. False if there is more of it to come.
    bool skip();
    /// The next message if it is all there, without its framing; it is consumed with `m_whole`.
    std::optional<std::string_view> next();
    std::optional<std::string_view> nextCounted(std::size_t prefix, std::size_t count);
    std::optional<std::string_view> nextText();
    /// Where the first NUL of what is pending stands; npos if there is none.
    std::size_t findNul();
    void consume(std::size_t bytes);
    void rejectLong(std::string_view text);

    SyslogWorkshop &m_workshop;
    const std::string m_peer;
    StreamBuffer m_buffer;
    Ending m_ending = Ending::Unknown;
    std::size_t m_expected = 0;  ///< of the message under way, where its octets are counted
    std::size_t m_whole = 0;     ///< how many bytes the message that next() gave takes
    std::size_t m_skip = 0;      ///< octets that are still to come
    bool m_skipsText = false;    ///< up to the end of a text
    std::size_t m_searched = 0;  ///< of what is pending, for a line feed
    std::size_t m_noNul = 0;     ///< so many of what is pending are no NULs
};

} // namespace sluice
