#pragma once

#include "base/Arena.h"
#include "handler/Handler.h"
#include "handler/HttpBody.h"
#include "handler/HttpTransport.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace sluice {

/// Sends each record to a web server. https://docs.python.org/3/library/logging.handlers.html#httphandler
///
/// A request has the bytes of Python's. handle() returns when the server has answered, or the time is over; an answer other
/// than 2xx loses the record, which Python does not notice. Beyond Python: JSON, NDJSON and OpenTelemetry bodies, many records
/// in one request, kept connections, headers of one's own, and repeated attempts.
class HTTPHandler : public Handler
{
public:
    struct Options
    {
        HttpTransport::Options server;
        std::string url; ///< path, and query if there is one
        bool post = false;
        /// Empty: no Authorization header.
        std::string username;
        std::string password;
        HttpBody::Form body = HttpBody::Form::UrlEncoded; ///< others than UrlEncoded only with `post`
        std::string serviceName = "unknown_service";      ///< for OpenTelemetry
        /// Records in one request, of those that are handled together; not for UrlEncoded.
        std::size_t batch = 1;
        /// A request is sent when it has so many bytes, before compression.
        std::size_t batchBytes = 1024 * 1024;
        bool gzip = false; ///< only with `post`
        std::vector<std::pair<std::string, std::string>> headers;
        /// Further attempts where the server does not answer, or with 5xx or 429.
        int retries = 0;
        /// Before the first of them; doubled each time up to 30 s. What the server asks for (Retry-After, up to a minute)
        /// counts more.
        std::chrono::milliseconds retryDelay{1000};
    };

    explicit HTTPHandler(Options options);
    ~HTTPHandler() override;

    /// Checks the host's name and the options; connects to nobody. The first record does it if nobody else has.
    Status open();

    /// Ends a wait for the next attempt, whose records are lost. May be used again afterwards.
    void close() override;

protected:
    /// The fields that are sent for a record: its attributes in Python's order, then its extra fields. Override to change
    /// them; text and members must live until the next call, for which `arena` is there. Not asked for OpenTelemetry.
    virtual void mapLogRecord(const LogRecord &record, Arena &arena, std::vector<Field> &fields) const;

    /// Makes ready to reach the server, before the first request.
    virtual Status connect();
    /// Sends a request with these records, and waits for the answer.
    virtual HttpAnswer transmit(const HttpRequest &request, RecordSpan records);
    std::size_t recordsAtMost() const { return m_options.batch; }
    const HttpTransport::Options &server() const { return m_options.server; }

    Status emit(const LogRecord &record) override;
    void emitBatch(RecordSpan records) override;

private:
    Status add(const LogRecord &record);
    /// Sends what has been added since m_body.begin().
    Status send(RecordSpan records);
    HttpAnswer attempt(const HttpRequest &request, RecordSpan records);
    bool waitFor(std::chrono::milliseconds time);

    const Options m_options;
    std::unique_ptr<HttpTransport> m_transport;
    HttpBody m_body;
    std::string m_target;
    std::vector<std::string> m_ownHeaders;
    bool m_isOpen = false;
    Arena m_arena;
    std::vector<Field> m_fields;
    std::vector<const LogRecord *> m_added;

    std::mutex m_waitMutex;
    std::condition_variable m_waitOver;
    bool m_closing = false;
};

} // namespace sluice
