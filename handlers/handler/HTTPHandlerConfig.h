#pragma once

#include "handler/HTTPHandler.h"
#include "handler/HandlerNode.h"

#include <map>
#include <optional>
#include <string>

namespace sluice {

/// Of Basic authentication.
struct HTTPCredentials
{
    std::string username;
    Secret password;
};

/// How HTTPS trusts.
struct HTTPContext
{
    std::optional<Path> cafile;
    bool verify = true;
    std::optional<Path> certfile;
    std::optional<Path> keyfile;
};

/// What a project says of an HTTPHandler.
struct HTTPHandlerConfig : HandlerConfig
{
    std::string host;
    std::string url;
    std::string method = "GET";
    bool secure = false;
    std::optional<HTTPCredentials> credentials;
    std::optional<HTTPContext> context;
    double timeout = 30.0;
    std::string body = "form";
    std::string serviceName = "unknown_service";
    int batch = 1;
    int batchBytes = 1024 * 1024;
    bool gzip = false;
    bool keepAlive = false;
    std::map<std::string, std::string> headers;
    int retries = 0;
    double retryDelay = 1.0;
};

/// The server that it means, with paths made absolute.
HttpTransport::Options httpServer(const HTTPHandlerConfig &config, const NodeContext &context);

/// What a handler of it is made of, with its secrets revealed. In a rehearsal they stay where they are: what may be one is called by
/// its name.
Result<HTTPHandler::Options> httpOptions(const HTTPHandlerConfig &config, const NodeContext &context);

} // namespace sluice
