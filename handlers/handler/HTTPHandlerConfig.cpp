#include "handler/HTTPHandlerConfig.h"

namespace sluice {

namespace {

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

std::string resolved(const std::optional<Path> &path, const NodeContext &context)
{
    return path && !path->text.empty() ? context.resolve(path->text) : std::string();
}

HttpBody::Form formOf(const std::string &body)
{
    return body == "json"     ? HttpBody::Form::Json
           : body == "ndjson" ? HttpBody::Form::NdJson
           : body == "otlp"   ? HttpBody::Form::Otlp
                              : HttpBody::Form::UrlEncoded;
}

} // namespace

HttpTransport::Options httpServer(const HTTPHandlerConfig &config, const NodeContext &context)
{
    HttpTransport::Options server;
    server.host = config.host;
    server.secure = config.secure;
    server.keepAlive = config.keepAlive;
    server.timeout = milliseconds(config.timeout);
    if (config.context) {
        server.tls.verify = config.context->verify;
        server.tls.caFile = resolved(config.context->cafile, context);
        server.tls.certFile = resolved(config.context->certfile, context);
        server.tls.keyFile = resolved(config.context->keyfile, context);
    }
    return server;
}

Result<HTTPHandler::Options> httpOptions(const HTTPHandlerConfig &config, const NodeContext &context)
{
    const auto revealed = [&](const Secret &secret, const char *standIn) {
        return context.rehearsedOutput && !secret.text.empty() ? Result<std::string>(standIn) : context.reveal(secret);
    };
    HTTPHandler::Options options;
    options.server = httpServer(config, context);
    options.url = config.url;
    options.post = config.method == "POST";
    if (config.credentials) {
        auto password = revealed(config.credentials->password, "…");
        if (!password)
            return password.error();
        options.username = config.credentials->username;
        options.password = std::move(*password);
    }
    options.body = formOf(config.body);
    options.serviceName = config.serviceName;
    options.batch = static_cast<std::size_t>(config.batch);
    options.batchBytes = static_cast<std::size_t>(config.batchBytes);
    options.gzip = config.gzip;
    for (const auto &[name, value] : config.headers) {
        // A token may be kept elsewhere, as a password.
        auto text = revealed({value}, "(hidden)");
        if (!text)
            return text.error();
        options.headers.emplace_back(name, std::move(*text));
    }
    options.retries = config.retries;
    options.retryDelay = milliseconds(config.retryDelay);
    return options;
}

} // namespace sluice
