#pragma once

#include "receiver/Connection.h"
#include "receiver/ConnectionStream.h"
#include "receiver/HttpGuard.h"
#include "receiver/HttpRecordReader.h"
#include "receiver/Receiver.h"
#include "receiver/StreamBuffer.h"
#include "wire/HttpRequestReader.h"

#include <QTimer>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// What all connections of an HttpReceiver share. For one thread, but bodies come back from others.
struct HttpWorkshop
{
    HttpWorkshop(HttpLimits limits, std::string path, HttpAccess access, RecordSink &sink);

    const HttpLimits limits;
    const std::string path; ///< that requests have to ask for; empty: any
    const HttpGuard guard;
    RecordSink &sink;
    HttpRecordReader records;
    BufferPool buffers = StreamBuffer::makePool();
    RecyclingPool<std::string> bodies;
    /// How long a connection may be open without a request.
    std::chrono::milliseconds idleTime{120'000};
};

/// The server's side of one HTTP connection: reads requests, makes records of them, and answers. 2xx is said only when
/// the sink has the records. Lives on the I/O thread.
class HttpStream final : public ConnectionStream
{
public:
    /// `connection` and `workshop` outlive the stream.
    HttpStream(Connection &connection, HttpWorkshop &workshop);

    std::span<char> space() override { return m_buffer.space(0); }
    bool take(std::size_t bytes) override;
    void end(std::string_view reason) override;
    std::size_t held() const override { return m_reader.held(); }

private:
    /// What is said to the peer.
    struct Answer
    {
        int status = 204;
        std::string sentence; ///< the body, without its line end
        bool isJson = false;
        std::string headers = {}; ///< further ones, each with its line end
    };

    void headIsRead();
    bool answerRequest();
    std::optional<HttpProblem> refusal(const HttpRequestHead &request) const;
    Answer answerFor(const HttpRequestHead &request, bool &stopped);
    static Answer preflightAnswer();
    void refuse(const HttpProblem &problem);
    void write(const Answer &answer, const HttpRequestHead *request, bool keepAlive);
    void reject(const std::string &reason);
    void tick();

    Connection &m_connection;
    HttpWorkshop &m_workshop;
    HttpRequestReader m_reader;
    StreamBuffer m_buffer;
    QTimer m_timer;
    bool m_wasBusy = true; ///< since the timer's last tick
    std::string m_answer;
};

} // namespace sluice
