#include "receiver/HttpStream.h"

#include "wire/Inflater.h"
#include "wire/ShortRepr.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice {

namespace {

constexpr std::size_t keptBodies = 16;
constexpr std::size_t keptBodyBytes = 256 * 1024;

struct Reason
{
    int status;
    std::string_view phrase;
};

constexpr std::array reasons = {
    Reason{200, "OK"},
    Reason{204, "No Content"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{411, "Length Required"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{417, "Expectation Failed"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{505, "HTTP Version Not Supported"},
};

std::string_view phraseOf(int status)
{
    const auto found = std::ranges::find(reasons, status, &Reason::status);
    return found == reasons.end() ? "Unknown" : found->phrase;
}

bool isOtlp(const HttpRequestHead &request)
{
    return HttpRecordReader::formatOf(request) == HttpRecordReader::Format::Otlp;
}

} // namespace

HttpWorkshop::HttpWorkshop(HttpLimits limits, std::string path, HttpAccess access, RecordSink &sink)
    : limits(limits), path(std::move(path)), guard(std::move(access)), sink(sink), records(sink),
      bodies(
          keptBodies, [] { return std::make_unique<std::string>(); },
          [](std::string &body) {
              body.clear();
              return body.capacity() <= keptBodyBytes;
          })
{
}

HttpStream::HttpStream(Connection &connection, HttpWorkshop &workshop)
    : m_connection(connection), m_workshop(workshop),
      m_reader(workshop.limits, [&workshop] { return workshop.bodies.acquire(); }), m_buffer(workshop.buffers)
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    m_timer.start(m_workshop.idleTime);
}

bool HttpStream::take(std::size_t bytes)
{
    m_buffer.commit(bytes);
    m_wasBusy |= bytes > 0;
    std::string_view pending = m_buffer.pending();
    const std::size_t came = pending.size();
    bool goesOn = true;
    while (goesOn && !m_connection.isClosing()) {
        const HttpRequestReader::State state = m_reader.read(pending);
        if (state == HttpRequestReader::State::NeedsMore)
            break;
        if (state == HttpRequestReader::State::HasHead)
            headIsRead();
        else if (state == HttpRequestReader::State::Complete)
            goesOn = answerRequest();
        else
            refuse(m_reader.problem());
    }
    m_buffer.consume(came);
    m_buffer.release();
    return goesOn;
}

void HttpStream::end(std::string_view reason)
{
    if (m_reader.held() > 0)
        reject(std::string(reason) + " in the middle of a request.");
    m_reader.next();
}

void HttpStream::headIsRead()
{
    const HttpRequestHead &request = m_reader.request();
    const auto problem = refusal(request);
    if (problem)
        m_reader.dropBody();
    if (!request.expectsContinue || !request.announcesBody())
        return;
    if (problem)
        refuse(*problem); // before the body comes, which is what the peer waits to hear
    else
        m_connection.write("HTTP/1.1 100 Continue\r\n\r\n");
}

std::optional<HttpProblem> HttpStream::refusal(const HttpRequestHead &request) const
{
    const bool isPreflight = request.method == "OPTIONS" && m_workshop.guard.allowsPages();
    if (auto problem = isPreflight ? m_workshop.guard.checkPage(request) : m_workshop.guard.check(request))
        return problem;
    if (!m_workshop.path.empty() && request.path != m_workshop.path && !isOtlp(request) && !isPreflight)
        return HttpProblem{404, "Nothing takes records here."};
    if (isPreflight)
        return {};
    if (request.method != "GET" && request.method != "POST")
        return HttpProblem{405, "Records are taken by GET and POST."};
    if (request.method == "GET")
        return request.query.empty() ? std::optional(HttpProblem{400, "The query holds no record."}) : std::nullopt;
    if (!request.announcesBody())
        return HttpProblem{411, "A POST has to say how long its body is."};
    if (!HttpRecordReader::formatOf(request))
        return HttpProblem{415, "Records are taken as application/x-www-form-urlencoded, application/json and "
                                "application/x-ndjson."};
    const std::string_view encoding = request.header("content-encoding").value_or("identity");
    if (!equalsIgnoringCase(encoding, "identity") && !equalsIgnoringCase(encoding, "gzip") &&
        !equalsIgnoringCase(encoding, "deflate"))
        return HttpProblem{415, "Bodies are taken as they are, as gzip and as deflate."};
    return {};
}

/// False if the sink has been stopped.
bool HttpStream::answerRequest()
{
    const HttpRequestHead &request = m_reader.request();
    const bool keepAlive = request.keepAlive;
    bool stopped = false;
    if (const auto problem = refusal(request)) {
        // Who only asks has sent no record.
        if (request.method == "POST" || !request.query.empty())
            reject(problem->sentence);
        write({problem->status, problem->sentence}, &request, keepAlive);
    } else {
        const Answer answer = answerFor(request, stopped);
        write(answer, &request, keepAlive && !stopped);
    }
    completeOne();
    m_reader.next();
    if (!keepAlive)
        m_connection.close();
    return !stopped;
}

HttpStream::Answer HttpStream::answerFor(const HttpRequestHead &request, bool &stopped)
{
    if (request.method == "OPTIONS")
        return preflightAnswer();
    HttpRecordReader::Outcome outcome;
    if (request.method == "GET") {
        outcome = m_workshop.records.read(HttpRecordReader::Format::Form, request.query, nullptr, m_connection.peer());
    } else {
        HttpRequestReader::Body body = m_reader.body() ? m_reader.body() : m_workshop.bodies.acquire();
        if (!equalsIgnoringCase(request.header("content-encoding").value_or("identity"), "identity")) {
            const HttpRequestReader::Body expanded = m_workshop.bodies.acquire();
            if (const Status status = inflate(*body, m_workshop.limits.maxBody, *expanded); !status) {
                reject(status.error().text);
                return {expanded->size() > m_workshop.limits.maxBody ? 413 : 400, status.error().text};
            }
            body = expanded;
        }
        outcome = m_workshop.records.read(*HttpRecordReader::formatOf(request), *body, body, m_connection.peer());
    }
    stopped = outcome.stopped;
    if (stopped)
        return {503, "No more records are taken."};
    if (outcome.rejected && !outcome.accepted)
        return {400, outcome.problem};
    if (isOtlp(request)) {
        return {200,
                outcome.rejected ? "{\"partialSuccess\":{\"rejectedLogRecords\":\"" + std::to_string(outcome.rejected) +
                                       "\",\"errorMessage\":\"Some log records could not be read.\"}}"
                                 : "{\"partialSuccess\":{}}",
                true};
    }
    if (outcome.rejected) {
        return {200,
                "{\"accepted\":" + std::to_string(outcome.accepted) +
                    ",\"rejected\":" + std::to_string(outcome.rejected) + "}",
                true};
    }
    return {};
}

HttpStream::Answer HttpStream::preflightAnswer()
{
    Answer answer;
    answer.headers = "Access-Control-Allow-Methods: GET, POST\r\n"
                     "Access-Control-Allow-Headers: Authorization, Content-Type, Content-Encoding\r\n"
                     "Access-Control-Max-Age: 600\r\n";
    return answer;
}

/// Says why, and that nothing more is read.
void HttpStream::refuse(const HttpProblem &problem)
{
    reject(problem.sentence);
    write({problem.status, problem.sentence}, nullptr, false);
    m_reader.next();
    m_connection.close();
}

void HttpStream::write(const Answer &answer, const HttpRequestHead *request, bool keepAlive)
{
    m_answer = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    m_answer.append(phraseOf(answer.status)).append("\r\n");
    if (answer.status != 204) {
        m_answer.append("Content-Type: ").append(answer.isJson ? "application/json" : "text/plain; charset=utf-8");
        m_answer.append("\r\nX-Content-Type-Options: nosniff\r\nContent-Length: ");
        m_answer.append(std::to_string(answer.sentence.size() + 1)).append("\r\n");
    }
    if (answer.status == 401)
        m_answer.append("WWW-Authenticate: Bearer\r\n");
    if (answer.status == 405)
        m_answer.append("Allow: GET, POST\r\n");
    if (request) {
        if (const std::string_view origin = m_workshop.guard.allowedOrigin(*request); !origin.empty())
            m_answer.append("Access-Control-Allow-Origin: ").append(origin).append("\r\nVary: Origin\r\n");
    }
    m_answer.append(answer.headers);
    m_answer.append(keepAlive ? "Connection: keep-alive\r\n" : "Connection: close\r\n");
    m_answer.append("\r\n");
    if (answer.status != 204 && !(request && request->method == "HEAD"))
        m_answer.append(answer.sentence).append("\n");
    m_connection.write(m_answer);
}

void HttpStream::tick()
{
    // A request that has begun and does not go on is the connection's affair (Connection::checkProgress).
    if (!std::exchange(m_wasBusy, false) && m_reader.held() == 0)
        m_connection.close();
}

void HttpStream::reject(const std::string &reason)
{
    ShortRepr sample(200);
    sample.append(Value::bytes(m_reader.requestLine().substr(0, 100)));
    m_workshop.sink.reject(m_connection.peer(), reason, sample.text());
}

} // namespace sluice
