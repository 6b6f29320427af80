#include "handler/HttpTransport.h"

#include "handler/CurlTransfer.h"

#include <charconv>

namespace sluice {

namespace {

/// An answer's text is of no use; a server that sends more than this has its connection closed.
constexpr std::size_t maxAnswer = 256 * 1024;

/// Splits as Python's http.client does. The port is 0 if none is said; none if it is no port.
std::optional<std::pair<std::string, int>> hostAndPort(const std::string &text)
{
    const std::size_t colon = text.rfind(':');
    const std::size_t bracket = text.rfind(']');
    int port = 0;
    std::string host = text;
    if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) {
        host = text.substr(0, colon);
        const char *const end = text.data() + text.size();
        const auto [at, error] = std::from_chars(text.data() + colon + 1, end, port);
        if (colon + 1 < text.size() && (error != std::errc() || at != end || port < 0 || port > 65535))
            return std::nullopt;
    }
    return std::pair(host, port);
}

bool isTransient(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE: return true;
    default: return false;
    }
}

} // namespace

struct HttpTransport::Connection
{
    CurlTransfer transfer;
    std::size_t received = 0;

    static std::size_t receive(char *, std::size_t size, std::size_t count, void *self)
    {
        Connection &connection = *static_cast<Connection *>(self);
        connection.received += size * count;
        return connection.received > maxAnswer ? 0 : size * count;
    }
};

HttpTransport::HttpTransport() : m_connection(std::make_unique<Connection>()) {}

HttpTransport::~HttpTransport() = default;

Result<std::unique_ptr<HttpTransport>> HttpTransport::create(const Options &options)
{
    const auto peer = hostAndPort(options.host);
    if (!peer)
        return Error{"'" + options.host + "' has no valid port."};
    std::unique_ptr<HttpTransport> http(new HttpTransport);
    http->m_host = options.host;
    CurlTransfer &transfer = http->m_connection->transfer;
    if (Status status = transfer.setPeer(options.secure ? "https" : "http", peer->first, peer->second); !status)
        return status.error();
    transfer.setTls(options.tls);
    transfer.setTimeout(options.timeout);
    transfer.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    transfer.set(CURLOPT_FORBID_REUSE, options.keepAlive ? 0L : 1L);
    transfer.set(CURLOPT_WRITEFUNCTION, &Connection::receive);
    transfer.set(CURLOPT_WRITEDATA, http->m_connection.get());
    return http;
}

Result<std::string> HttpTransport::hostHeader(const Options &options)
{
    constexpr int http = 80;
    constexpr int https = 443;
    const auto peer = hostAndPort(options.host);
    if (!peer)
        return Error{"'" + options.host + "' has no valid port."};
    const auto &[host, port] = *peer;
    const std::string name = host.find(':') != std::string::npos && !host.starts_with('[') ? "[" + host + "]" : host;
    return port == 0 || port == (options.secure ? https : http) ? name : name + ':' + std::to_string(port);
}

HttpAnswer HttpTransport::send(const HttpRequest &request)
{
    CurlTransfer &transfer = m_connection->transfer;
    m_connection->received = 0;
    CurlList headers;
    for (const std::string &header : request.headers)
        headers.append(header);
    // What libcurl would add of its own.
    for (const char *header : {"Accept:", "User-Agent:", "Expect:"})
        headers.append(header);
    const std::string target(request.target.empty() ? "/" : request.target);
    transfer.set(CURLOPT_REQUEST_TARGET, target.c_str());
    transfer.set(CURLOPT_HTTPHEADER, headers.get());
    if (request.body) {
        transfer.set(CURLOPT_POST, 1L);
        transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
        transfer.set(CURLOPT_POSTFIELDS, request.body->empty() ? "" : request.body->data());
    } else {
        transfer.set(CURLOPT_HTTPGET, 1L);
    }
    const CURLcode code = transfer.perform();
    transfer.set(CURLOPT_HTTPHEADER, static_cast<curl_slist *>(nullptr));
    long status = 0;
    transfer.info(CURLINFO_RESPONSE_CODE, &status);
    HttpAnswer answer;
    // Once the status is known the request has been judged, whatever becomes of the answer's text.
    if (status >= 200) {
        answer.status = static_cast<int>(status);
        answer.maySucceedLater = status >= 500 || status == 429;
        curl_off_t seconds = 0;
        transfer.info(CURLINFO_RETRY_AFTER, &seconds);
        if (seconds > 0)
            answer.retryAfter = std::chrono::seconds(seconds);
        return answer;
    }
    answer.maySucceedLater = isTransient(code);
    answer.failure = failure(code);
    return answer;
}

Status HttpTransport::reach()
{
    CurlTransfer &transfer = m_connection->transfer;
    transfer.set(CURLOPT_CONNECT_ONLY, 1L);
    const CURLcode code = transfer.perform();
    transfer.set(CURLOPT_CONNECT_ONLY, 0L);
    return code == CURLE_OK ? Status() : Status(Error{failure(code)});
}

std::string HttpTransport::failure(int code) const
{
    if (code == CURLE_OPERATION_TIMEDOUT)
        return "The web server " + m_host + " did not answer in time.";
    return "The web server " + m_host + " cannot be used: " + m_connection->transfer.failure(static_cast<CURLcode>(code)) + ".";
}

} // namespace sluice
