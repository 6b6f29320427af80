#pragma once

#include "handler/FrameBacklog.h"
#include "handler/Handler.h"
#include "handler/PeerSocket.h"
#include "handler/RetryTimer.h"
#include "wire/PickleWriter.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

/// Sends records to a stream socket, pickled, for Python's cookbook receiver and our SocketReceiver.
/// https://docs.python.org/3/library/logging.handlers.html#sockethandler
///
/// The connection is made with the first record and stays open. What cannot be sent is lost, as in Python, but
/// reported record by record; with `keepUnsent` it is kept and sent in order once the peer is there again. A frame
/// of which the connection took only a part is sent again whole on the next one.
///
/// Differences to Python: a connection that the peer has ended is noticed before a record is given to it; one that
/// took not one whole frame counts as an attempt that failed, so that a peer that never reads is not waited for again
/// with each record.
///
/// With `keepUnsent` a thread of its own sends what is kept when no record comes to do it, so a subclass that overrides
/// anything calls close() in its destructor.
class SocketHandler : public Handler
{
public:
    enum class Format {
        Pickle, ///< Python's: length in four bytes, then the pickle
        Json    ///< an object a line, with the message merged
    };

    struct Options
    {
        /// A host's name or number; without `port` the path of a Unix socket.
        std::string host;
        std::optional<int> port;
        /// Close the connection when a record cannot be pickled, and open it again with the next.
        bool closeOnError = false;
        PeerTimeout timeout;
        RetryTimer::Options retry;
        Format format = Format::Pickle;
        /// Bytes of memory for frames that could not be sent; 0: they are lost.
        std::size_t keepUnsent = 0;
    };

    explicit SocketHandler(Options options);
    ~SocketHandler() override;

    /// Sends what is kept, if the time for a new attempt has come.
    void flush() override;
    /// Tries once more to send what is kept, reports what is left as dropped, and closes the connection. The next
    /// record opens it again.
    void close() override;
    /// Takes what another of its kind keeps, if they speak the same format.
    void takeOver(Handler &before) override;
    /// Records that are kept.
    std::size_t pending() const override { return m_backlog.size(); }

protected:
    /// Makes an open socket. Override for another kind.
    virtual Result<std::unique_ptr<PeerSocket>> makeSocket();

    /// Appends what is sent for a record; on failure `out` is as it was. Override for a wire of your own.
    virtual Status makePickle(const LogRecord &record, std::string &out);

    /// Sends frames, which end where `m_ends` says; overridden where each must go alone.
    virtual void sendFrames();

    /// Tries to make the socket, unless the last attempt failed too short ago.
    void createSocket();

    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;
    void handleError(const LogRecord *record, const Error &error) override;

    const Options &options() const { return m_options; }

    struct Frame
    {
        const LogRecord *record = nullptr;
        std::size_t end = 0; ///< in `frames`
    };
    /// What is to be sent, whole frames; cleared by sendFrames().
    std::string &frames() { return m_frames; }
    std::vector<Frame> &ends() { return m_ends; }
    std::string_view frame(std::size_t index) const;
    PeerSocket *socket() { return m_socket.get(); }
    /// Why there is no socket.
    const Error &socketError() const { return m_socketError; }

private:
    struct Resender;

    Status appendJsonLine(const LogRecord &record, std::string &out);
    void connect();
    void disconnect(const Error &error);
    std::size_t sendFrom(std::size_t first);
    bool sendBacklog();
    void keepOrLose(std::size_t first);
    void startResender();
    void stopResender();
    void resend(const std::shared_ptr<Resender> &run);

    const Options m_options;
    PickleWriter m_writer;
    std::string m_message;
    std::string m_frames;
    std::vector<Frame> m_ends;
    std::unique_ptr<PeerSocket> m_socket;
    /// The socket has not taken a whole frame yet.
    bool m_fresh = false;
    Error m_socketError;
    RetryTimer m_retry;
    FrameBacklog m_backlog;
    std::string m_resent;
    std::shared_ptr<Resender> m_resender;
};

} // namespace sluice
