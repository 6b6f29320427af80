#include "receiver/HttpReceiver.h"

#include "receiver/ConnectionListener.h"
#include "receiver/HttpStream.h"
#include "receiver/IoThread.h"
#include "receiver/ReceiverTrial.h"
#include "wire/Base64.h"

#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

/// A request that stands still is given up sooner than a frame: no program makes one in pieces.
constexpr std::chrono::seconds stallTime{30};

HttpLimits httpLimits(const HttpReceiverConfig &config)
{
    HttpLimits limits;
    limits.maxBody = config.maxBody;
    return limits;
}

ConnectionLimits limitsFor(const HttpReceiverConfig &config)
{
    const HttpLimits request = httpLimits(config);
    ConnectionLimits limits;
    limits.connections = config.maxConnections;
    limits.peerMemory = 4 * std::max(request.maxBody, request.maxHead);
    limits.stall = stallTime;
    return limits;
}

void checkHttpParams(const HttpReceiverConfig &config, const std::string &path, Problems &problems)
{
    if (!config.url.empty() && !config.url.starts_with('/'))
        problems.push_back({path + ".url", "A path on the server begins with a slash."});
    if (config.username.empty() != config.password.text.empty())
        problems.push_back({path + (config.username.empty() ? ".username" : ".password"),
                            "A user's name and password are given together."});
    if (config.certfile.text.empty() && !config.keyfile.text.empty())
        problems.push_back({path + ".certfile", "A private key is of no use without its certificate."});
}

struct Running
{
    Running(const HttpReceiverConfig &config, HttpAccess access, RecordSink &sink)
        : workshop(httpLimits(config), config.url, std::move(access), sink),
          listener(thread, sink, limitsFor(config), [this](Connection &connection) {
              return std::make_unique<HttpStream>(connection, workshop);
          })
    {
    }

    HttpWorkshop workshop;
    IoThread thread;
    ConnectionListener listener;
};

} // namespace

HttpReceiver::HttpReceiver(HttpReceiverConfig config, Secrets secrets)
    : m_config(std::move(config)), m_secrets(std::move(secrets))
{
}

HttpAccess HttpReceiver::access() const
{
    HttpAccess access;
    access.hosts = m_config.allowedHosts;
    access.hosts.push_back(m_config.host);
    access.hosts.push_back(QSysInfo::machineHostName().toStdString());
    access.origins = m_config.origins;
    if (!m_secrets.token.empty())
        access.authorizations.push_back("Bearer " + m_secrets.token);
    if (!m_config.username.empty())
        access.authorizations.push_back("Basic " + base64(m_config.username + ":" + m_secrets.password));
    return access;
}

Status HttpReceiver::start(RecordSink &sink)
{
    stop();
    std::optional<QSslConfiguration> tls;
    if (!m_secrets.tls.certfile.empty()) {
        Result<QSslConfiguration> made = tlsServer(m_secrets.tls);
        if (!made)
            return made.error();
        tls = std::move(*made);
    }
    return listen(std::make_unique<Running>(m_config, access(), sink), listenAddress(m_config), std::move(tls));
}

namespace nodes {

namespace {

Result<sluice::HttpReceiver::Secrets> secretsOf(const HttpReceiverConfig &config, const NodeContext &context)
{
    sluice::HttpReceiver::Secrets secrets;
    if (!config.token.text.empty()) {
        Result<std::string> token = context.reveal(config.token);
        if (!token)
            return token.error();
        secrets.token = std::move(*token);
    }
    if (!config.password.text.empty()) {
        Result<std::string> password = context.reveal(config.password);
        if (!password)
            return password.error();
        secrets.password = std::move(*password);
    }
    if (!config.certfile.text.empty())
        secrets.tls.certfile = context.resolve(config.certfile.text);
    if (!config.keyfile.text.empty())
        secrets.tls.keyfile = context.resolve(config.keyfile.text);
    return secrets;
}

Result<std::string> tryAddress(const HttpReceiverConfig &config, const NodeContext &context)
{
    const auto secrets = secretsOf(config, context);
    if (!secrets)
        return secrets.error();
    if (!secrets->tls.certfile.empty()) {
        if (const auto tls = tlsServer(secrets->tls); !tls)
            return tls.error();
    }
    return receivertrial::tryToListen({{Transport::Stream, listenAddress(config), listenWords(config)}});
}

} // namespace

const NodeType &HttpReceiver()
{
    using Config = HttpReceiverConfig;
    Params<Config> params;
    addListenParams(params);
    params.param(&Config::url, "url", "Path that requests have to ask for, as /log; empty takes any")
        .param(&Config::token, "token", "Token that senders have to bear (Authorization: Bearer …)")
        .usual()
        .param(&Config::username, "username", "Name of the user whose credentials HTTPHandler sends")
        .param(&Config::password, "password", "Password of that user")
        .param(&Config::allowedHosts, "allowedHosts",
               "Further names by which senders may call this machine, besides localhost and addresses in digits")
        .param(&Config::origins, "origins",
               "Web pages that may write, by their origin, as https://app.example; * is any page")
        .param(&Config::certfile, "certfile", "Certificate in PEM, to listen with TLS (HTTPHandler's secure)")
        .hint(ParamSpec::Hint::File)
        .param(&Config::keyfile, "keyfile", "The certificate's private key in PEM; empty: it is in certfile")
        .hint(ParamSpec::Hint::File)
        .param(&Config::maxBody, "maxBody", "Longest body that is read, expanded too; longer ones are rejected")
        .range(1024, 1024.0 * 1024 * 1024)
        .unit("bytes")
        .param(&Config::maxConnections, "maxConnections", "Connections at a time; more are refused")
        .range(1, 100000);
    static const auto node =
        Node<Config>(
            NodeKind::Receiver, "HttpReceiver",
            "Receives records over HTTP: from Python's HTTPHandler, as JSON, as NDJSON, as OTLP", std::move(params),
            [](const Config &config, const NodeContext &context) -> Result<NodeType::Instance> {
                auto secrets = secretsOf(config, context);
                if (!secrets)
                    return secrets.error();
                return NodeType::Instance(
                    std::shared_ptr<Receiver>(std::make_shared<sluice::HttpReceiver>(config, std::move(*secrets))));
            })
            .triedBy("Test the address", &tryAddress)
            .checkedBy(checkHttpParams)
            .guarantees([](const Config &, bool) -> NodeGuarantee {
                using Loss = NodeGuarantee::Loss;
                return {.crash = {Loss::None, "has told senders that their records are taken before they are delivered"},
                        .fullDisk = {},
                        .deadPeer = {},
                        .heldUp = {Loss::None, "lets its senders wait"}};
            })
            .describedBy([](const Config &config) { return listenWords(config) + config.url; });
    return node;
}

} // namespace nodes
} // namespace sluice
