#include "handler/HTTPHandler.h"

#include "handler/HTTPHandlerConfig.h"
#include "handler/RehearsedHTTPHandler.h"
#include "wire/Base64.h"

#include <algorithm>

namespace sluice {

namespace {

bool isHeaderName(const std::string &name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return c > ' ' && c < 0x7F && std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
    });
}

bool isHeaderValue(const std::string &value) { return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos; }

/// As Python's http.client: no control characters, no spaces, nothing beyond ASCII.
bool isTarget(const std::string &url)
{
    return std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
}

} // namespace

HTTPHandler::HTTPHandler(Options options)
    : m_options(std::move(options)), m_body(m_options.body, m_options.batch > 1, m_options.serviceName)
{
}

HTTPHandler::~HTTPHandler() = default;

Status HTTPHandler::open()
{
    const Lock guard = lock();
    if (m_isOpen)
        return {};
    if (!isTarget(m_options.url))
        return Error{"The url must be a path without spaces, percent-encoded where it is not ASCII."};
    if (m_options.body != HttpBody::Form::UrlEncoded && !m_options.post)
        return Error{"Only POST carries a body of JSON."};
    if (m_options.body == HttpBody::Form::UrlEncoded && m_options.batch > 1)
        return Error{"A form holds one record."};
    std::vector<std::string> headers;
    if (!m_options.username.empty() || !m_options.password.empty())
        headers.push_back("Authorization: Basic " + base64(m_options.username + ':' + m_options.password));
    for (const auto &[name, value] : m_options.headers) {
        if (!isHeaderName(name) || !isHeaderValue(value))
            return Error{"'" + name.substr(0, 100) + "' cannot be sent as a header."};
        // libcurl's form for a header without a value.
        headers.push_back(value.empty() ? name + ';' : name + ": " + value);
    }
    if (const Status status = connect(); !status)
        return status.error();
    m_ownHeaders = std::move(headers);
    m_isOpen = true;
    return {};
}

Status HTTPHandler::connect()
{
    auto transport = HttpTransport::create(m_options.server);
    if (!transport)
        return transport.error();
    m_transport = std::move(*transport);
    return {};
}

HttpAnswer HTTPHandler::transmit(const HttpRequest &request, RecordSpan) { return m_transport->send(request); }

void HTTPHandler::close()
{
    {
        const std::lock_guard guard(m_waitMutex);
        m_closing = true;
        m_waitOver.notify_all();
    }
    const Lock guard = lock();
    const std::lock_guard waitGuard(m_waitMutex);
    m_closing = false;
}

void HTTPHandler::mapLogRecord(const LogRecord &record, Arena &, std::vector<Field> &fields) const
{
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        const Value value = record[attribute];
        // CPython has it since 3.12.
        if (attribute != Attribute::TaskName || !value.isNone())
            fields.push_back({Value::text(attributeName(attribute)), value});
    }
    fields.insert(fields.end(), record.extra.begin(), record.extra.end());
}

Status HTTPHandler::add(const LogRecord &record)
{
    if (!m_body.takesFields())
        return m_body.add(record, now(record));
    m_arena.reset();
    m_fields.clear();
    mapLogRecord(record, m_arena, m_fields);
    return m_body.add(m_fields);
}

Status HTTPHandler::emit(const LogRecord &record)
{
    m_body.begin();
    if (Status status = add(record); !status)
        return status;
    const LogRecord *const one = &record;
    return send(RecordSpan(&one, 1));
}

void HTTPHandler::emitBatch(RecordSpan records)
{
    if (m_options.batch <= 1)
        return Handler::emitBatch(records);
    while (!records.empty()) {
        m_body.begin();
        m_added.clear();
        while (!records.empty() && m_added.size() < m_options.batch && m_body.text().size() < m_options.batchBytes) {
            const LogRecord *const record = records.front();
            records = records.subspan(1);
            if (const Status status = add(*record); status)
                m_added.push_back(record);
            else
                handleError(record, status.error());
        }
        if (m_added.empty())
            continue;
        if (const Status status = send(m_added); !status) {
            for (const LogRecord *record : m_added)
                handleError(record, status.error());
        }
    }
}

Status HTTPHandler::send(RecordSpan records)
{
    if (Status status = open(); !status)
        return status;
    m_body.end();
    HttpRequest request;
    // Names and order as CPython writes them.
    request.headers = {"Accept-Encoding: identity"};
    m_target = m_options.url;
    if (m_options.post) {
        request.body = m_body.text();
        request.headers.push_back("Content-type: " + std::string(m_body.contentType()));
        if (m_options.gzip) {
            const auto compressed = m_body.compressed();
            if (!compressed)
                return compressed.error();
            request.body = *compressed;
            request.headers.push_back("Content-Encoding: gzip");
        }
        request.headers.push_back("Content-length: " + std::to_string(request.body->size()));
    } else {
        m_target += m_target.find('?') == std::string::npos ? '?' : '&';
        m_target += m_body.text();
    }
    request.target = m_target;
    request.headers.insert(request.headers.end(), m_ownHeaders.begin(), m_ownHeaders.end());

    const HttpAnswer answer = attempt(request, records);
    if (answer.isTaken())
        return {};
    if (answer.status == 0)
        return Error{answer.failure};
    return Error{"The web server " + m_options.server.host + " answered with status " + std::to_string(answer.status) + "."};
}

HttpAnswer HTTPHandler::attempt(const HttpRequest &request, RecordSpan records)
{
    constexpr std::chrono::milliseconds longest = std::chrono::seconds(30);
    constexpr std::chrono::seconds mostPatience(60);
    std::chrono::milliseconds delay = m_options.retryDelay;
    HttpAnswer answer = transmit(request, records);
    for (int retry = 0; retry < m_options.retries && !answer.isTaken() && answer.maySucceedLater; ++retry) {
        if (!waitFor(answer.retryAfter ? std::min(*answer.retryAfter, mostPatience) : delay))
            break;
        delay = std::min(delay * 2, longest);
        answer = transmit(request, records);
    }
    return answer;
}

bool HTTPHandler::waitFor(std::chrono::milliseconds time)
{
    std::unique_lock guard(m_waitMutex);
    return !m_waitOver.wait_for(guard, time, [this] { return m_closing; });
}

namespace nodes {

namespace {

Result<std::string> tryServer(const HTTPHandlerConfig &config, const NodeContext &context)
{
    const auto server = HttpTransport::create(httpServer(config, context));
    if (!server)
        return server.error();
    if (const Status status = (*server)->reach(); !status)
        return status.error();
    return config.host + (config.secure ? " takes connections over TLS." : " takes connections.") + " Nothing was asked of it.";
}

/// A trial waits no longer than people do, and tries once.
void hurry(HTTPHandlerConfig &config)
{
    hurryUp(config);
    config.retries = 0;
}

Result<std::shared_ptr<Handler>> rehearse(const HTTPHandlerConfig &config, const NodeContext &context)
{
    auto options = httpOptions(config, context);
    if (!options)
        return options.error();
    return std::shared_ptr<Handler>(std::make_shared<RehearsedHTTPHandler>(std::move(*options), context.rehearsedOutput(context.id)));
}

Result<std::shared_ptr<Handler>> make(const HTTPHandlerConfig &config, const NodeContext &context)
{
    auto options = httpOptions(config, context);
    if (!options)
        return options.error();
    auto handler = std::make_shared<sluice::HTTPHandler>(std::move(*options));
    if (const Status status = handler->open(); !status)
        return status.error();
    return std::shared_ptr<Handler>(std::move(handler));
}

void check(const HTTPHandlerConfig &config, const std::string &path, Problems &problems)
{
    checkHandler(config, path, problems);
    const bool form = config.body == "form";
    if (!isTarget(config.url))
        problems.push_back({path + ".url", "The url must be a path without spaces, percent-encoded where it is not ASCII."});
    if (config.context && !config.secure)
        problems.push_back({path + ".context", "A context only makes sense where secure is true."});
    if (!form && config.method != "POST")
        problems.push_back({path + ".body", "Only POST carries a body of " + config.body + "."});
    if (form && config.batch > 1)
        problems.push_back({path + ".batch", "A form holds one record; choose another body."});
    if (config.gzip && config.method != "POST")
        problems.push_back({path + ".gzip", "Only the body of a POST can be compressed."});
    for (const auto &[name, value] : config.headers) {
        if (!isHeaderName(name) || !isHeaderValue(value))
            problems.push_back({path + ".headers", "'" + name.substr(0, 100) + "' cannot be sent as a header."});
    }
}

NodeGuarantee guarantee(const HTTPHandlerConfig &config, bool)
{
    const std::string times = config.retries == 0   ? std::string("once")
                              : config.retries == 1 ? std::string("twice")
                                                    : "up to " + std::to_string(config.retries + 1) + " times";
    NodeGuarantee guarantee;
    guarantee.deadPeer = {NodeGuarantee::Loss::Unbounded,
                          "tries each request " + times + ", and drops its records, counted, if the server does not acknowledge it"};
    return guarantee;
}

} // namespace

const NodeType &HTTPHandler()
{
    using Config = HTTPHandlerConfig;
    static const auto node =
        handlerNode<Config>(
            "HTTPHandler", "Sends records to a web server",
            handlerParams<Config>()
                .param(&Config::host, "host", "Web server, with :port if it is not the usual one")
                .required()
                .param(&Config::url, "url", "Path on the server")
                .required()
                .param(&Config::method, "method", "GET puts the record into the address, POST into the body")
                .usual()
                .oneOf({"GET", "POST"})
                .param(&Config::secure, "secure", "Speak HTTPS")
                .usual()
                .group(&Config::credentials, "credentials", "Basic authentication",
                       Params<HTTPCredentials>()
                           .param(&HTTPCredentials::username, "username", "Name to show")
                           .param(&HTTPCredentials::password, "password", "Password to show"))
                .usual()
                .group(&Config::context, "context", "How HTTPS trusts",
                       Params<HTTPContext>()
                           .param(&HTTPContext::cafile, "cafile", "Certificates to trust instead of the system's, PEM")
                           .hint(ParamSpec::Hint::File)
                           .param(&HTTPContext::verify, "verify", "Refuse a server whose certificate does not prove its name")
                           .param(&HTTPContext::certfile, "certfile", "Certificate to show, PEM")
                           .hint(ParamSpec::Hint::File)
                           .param(&HTTPContext::keyfile, "keyfile", "Key of the certificate to show, PEM")
                           .hint(ParamSpec::Hint::File))
                .param(&Config::timeout, "timeout", "Longest time to wait for a connection, and for the answer")
                .range(0.001, 3600)
                .unit("s")
                .param(&Config::body, "body", "form is Python's; json, ndjson and otlp (OpenTelemetry logs) need POST")
                .usual()
                .oneOf({"form", "json", "ndjson", "otlp"})
                .param(&Config::serviceName, "serviceName", "OpenTelemetry's name of what is logging")
                .param(&Config::batch, "batch", "Records in one request, of those that come together")
                .range(1, 100'000)
                .unit("records")
                .param(&Config::batchBytes, "batchBytes", "A request with so many bytes takes no more records")
                .range(1, 1'000'000'000)
                .unit("bytes")
                .param(&Config::gzip, "gzip", "Compress the body")
                .param(&Config::keepAlive, "keepAlive", "Keep the connection for the next request")
                .param(&Config::headers, "headers", "Further headers; a value may be ${env:NAME}, ${file:PATH} or ${keychain:NAME}")
                .secretByName()
                .param(&Config::retries, "retries", "Further attempts after 5xx, 429 or no answer")
                .range(0, 100)
                .param(&Config::retryDelay, "retryDelay", "Wait before the next attempt; it doubles, up to 30 s")
                .range(0, 3600)
                .unit("s"),
            &make)
            .waitsForOthers()
            .guarantees(&guarantee)
            .rehearsedBy(configured<Config>(&rehearse))
            .triedBy("Test connection", &tryServer)
            .takesTestRecords(&hurry)
            .checkedBy(&check)
            .describedBy([](const Config &config) {
                return config.host.empty() ? std::string("Sends records to a web server")
                                           : config.method + (config.secure ? " https://" : " http://") + config.host + config.url;
            });
    return node;
}

} // namespace nodes
} // namespace sluice
