#pragma once

#include "handler/Handler.h"
#include "handler/RetryTimer.h"
#include "handler/TlsSocket.h"
#include "wire/SyslogWriter.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sluice {

/// Sends records to a syslog: UDP, TCP, TLS or a Unix socket. By default the bytes are those of Python's.
/// https://docs.python.org/3/library/logging.handlers.html#sysloghandler
///
/// The socket is made with the first record. A message that a connection did not take is sent once more over a new one,
/// whole. Differences to Python: TCP is connected again after a break, as Unix sockets are, and after an attempt that
/// failed not before a second has passed, then two, up to thirty; nothing waits longer than the timeout.
class SysLogHandler : public Handler
{
public:
    enum class SocketType { Datagram, Stream, Tls };
    /// A number, or Python's name of it.
    using Code = std::variant<int, std::string_view>;

    struct Options
    {
        /// A host's name or number; without `port` the path of a Unix socket.
        std::string host = "localhost";
        std::optional<int> port = 514;
        int facility = 1;
        /// None: UDP; for Unix sockets datagrams and, where that fails, a stream.
        std::optional<SocketType> socktype;
        std::string ident; ///< in front of each text, as it is
        /// Exception text is sent, as CPython does; its documentation says that it is not.
        bool sendExceptions = true;
        PeerTimeout timeout{5};
        SyslogWriter::Options writer;
        TlsOptions tls;
        RetryTimer::Options retry;
    };

    explicit SysLogHandler(Options options);

    /// Reaches the server as the first record would, and sends nothing.
    Status reach();
    ~SysLogHandler() override;

    /// Closes the socket. The next record opens it again.
    void close() override;

    /// facility * 8 + priority. Fails on a name that is not known.
    virtual Result<int> encodePriority(Code facility, Code priority) const;

    /// The priority's name for the name of a level: the five of Python, and "warning" for all others. Override for levels of
    /// your own. A text that lives as long as the handler.
    virtual std::string_view mapPriority(std::string_view levelName) const;

protected:
    /// Makes an open socket. Override for another kind.
    virtual Result<std::unique_ptr<PeerSocket>> makeSocket();

    /// Makes the socket, unless the last attempt failed too short ago.
    void createSocket();

    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

private:
    struct Message
    {
        const LogRecord *record = nullptr;
        std::size_t end = 0; ///< in m_messages
    };

    Status append(const LogRecord &record);
    void sendMessages();
    bool sendStream(std::size_t &first);
    void sendDatagram(std::size_t index);

    const Options m_options;
    SyslogWriter m_writer;
    std::string m_text;
    std::string m_messages;
    std::vector<Message> m_ends;
    std::unique_ptr<PeerSocket> m_socket;
    /// What m_socket is.
    SocketType m_kind = SocketType::Datagram;
    Error m_socketError;
    RetryTimer m_retry;
};

} // namespace sluice
