#pragma once

#include "base/Result.h"
#include "handler/TlsOptions.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What is asked of a web server. `body`: none makes it a GET.
struct HttpRequest
{
    std::string_view target; ///< path and query, as they stand in the request
    std::vector<std::string> headers; ///< "Name: value", sent in this order behind Host
    std::optional<std::string_view> body;
};

/// What became of it.
struct HttpAnswer
{
    int status = 0;      ///< 0: no answer came
    std::string failure; ///< one sentence, where no answer came
    bool maySucceedLater = false;
    std::optional<std::chrono::seconds> retryAfter;

    bool isTaken() const { return status >= 200 && status < 300; }
};

/// Speaks HTTP/1.1 with one server. Follows no redirects, uses no proxy. Used by one thread at a time.
class HttpTransport
{
public:
    struct Options
    {
        std::string host; ///< "name", "name:port", "[::1]:port"
        bool secure = false;
        TlsOptions tls;
        bool keepAlive = false; ///< one connection for many requests, if the server likes
        /// For the connection and for each answer.
        std::chrono::milliseconds timeout{30000};
    };

    static Result<std::unique_ptr<HttpTransport>> create(const Options &options);
    /// What requests to that server say as Host.
    static Result<std::string> hostHeader(const Options &options);
    ~HttpTransport();

    HttpAnswer send(const HttpRequest &request);
    /// Connects, with TLS where that is wanted, and asks for nothing.
    Status reach();

private:
    struct Connection;
    HttpTransport();
    std::string failure(int code) const;

    std::string m_host;
    std::unique_ptr<Connection> m_connection;
};

} // namespace sluice
