#pragma once

#include "base/Secret.h"
#include "node/Node.h"
#include "receiver/HttpGuard.h"
#include "receiver/ListeningReceiver.h"
#include "receiver/TlsServer.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sluice {

struct HttpReceiverConfig : ListenConfig
{
    HttpReceiverConfig() { port = 9022; }

    std::string url;
    Secret token;
    std::string username;
    Secret password;
    std::vector<std::string> allowedHosts;
    std::vector<std::string> origins;
    Path certfile;
    Path keyfile;
    std::size_t maxBody = 16 * 1024 * 1024;
    std::size_t maxConnections = 256;
};

/// The other end of Python's HTTPHandler: an HTTP/1.1 server that takes records by GET and POST as the handler
/// sends them (forms), as JSON (a dictionary as Python's makeLogRecord takes it, or a list of them), as a dictionary
/// on each line (NDJSON), and as OTLP in JSON where the path ends in /v1/logs. Bodies may be gzip or deflate.
/// https://docs.python.org/3/library/logging.handlers.html#httphandler
///
/// It answers 204 when the sink has all records, 200 with the numbers if it has some, and else why not. Memory is
/// bounded by maxConnections times maxBody, for one peer by four times maxBody or 256 KiB. Web pages write nothing unasked
/// (HttpGuard).
class HttpReceiver final : public ListeningReceiver
{
public:
    /// What the configuration's secrets and files hold.
    struct Secrets
    {
        std::string token;
        std::string password;
        TlsServerFiles tls; ///< absolute; without a certificate there is no TLS
    };

    HttpReceiver(HttpReceiverConfig config, Secrets secrets);

    Status start(RecordSink &sink) override;

private:
    HttpAccess access() const;

    const HttpReceiverConfig m_config;
    const Secrets m_secrets;
};

} // namespace sluice
