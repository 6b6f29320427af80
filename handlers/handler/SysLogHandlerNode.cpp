#include "handler/HandlerNode.h"
#include "handler/RehearsedSysLogHandler.h"
#include "handler/SysLogHandler.h"

#include <QSysInfo>

namespace sluice::nodes {

namespace {

struct TlsConfig
{
    Path caFile;
    Path certFile;
    Path keyFile;
    Secret keyPassword;
    bool verify = true;
};

struct SysLogHandlerConfig : HandlerConfig
{
    Address address{"localhost", 514};
    std::string facility = "user";
    std::optional<std::string> socktype;
    std::string ident;
    bool append_nul = true;
    double timeout = 5;
    bool sendExceptions = true;
    std::string format = "python";
    std::optional<std::string> framing;
    std::optional<std::string> hostname;
    std::string appName;
    std::string msgId;
    std::string enterpriseId;
    std::optional<TlsConfig> tls;

    bool isTls() const { return socktype == "tls"; }
    bool isUnix() const { return !address.port && !isTls(); }
};

Params<SysLogHandlerConfig> params()
{
    using Config = SysLogHandlerConfig;
    std::vector<std::string> facilities;
    for (int number = 0; !syslog::facilityName(number).empty(); ++number)
        facilities.emplace_back(syslog::facilityName(number));
    return handlerParams<Config>()
        .param(&Config::address, "address",
               "Host and port of the syslog server, or the path of its socket; with TLS a host alone means port 6514")
        .usual()
        .param(&Config::facility, "facility", "What kind of program the messages come from")
        .usual()
        .oneOf(std::move(facilities))
        .param(&Config::socktype, "socktype",
               "udp, tcp or tls; for a path udp means datagrams and tcp a stream; null: UDP, or what the path takes")
        .usual()
        .oneOf({"udp", "tcp", "tls"})
        .param(&Config::ident, "ident", "Text in front of each message")
        .param(&Config::append_nul, "append_nul", "End each message with a NUL, in Python's format without framing")
        .param(&Config::timeout, "timeout", "How long the server may take to answer and to read")
        .range(0.001, 3600)
        .unit("s")
        .param(&Config::sendExceptions, "sendExceptions", "Send the text of exceptions with the message")
        .param(&Config::format, "format", "Python's own form (priority and text), or that of RFC 3164 or RFC 5424")
        .usual()
        .oneOf({"python", "rfc3164", "rfc5424"})
        .param(&Config::framing, "framing",
               "How a stream tells messages apart (RFC 6587); null: none, as Python, and octet-counted with TLS")
        .oneOf({"none", "octet-counted", "newline"})
        .param(&Config::hostname, "hostname", "This machine's name in the RFCs' formats; null: the one it has")
        .param(&Config::appName, "appName", "Name of the program in the RFCs' formats; empty: the first part of the logger's")
        .param(&Config::msgId, "msgId", "MSGID in RFC 5424; empty: the logger's name")
        .param(&Config::enterpriseId, "enterpriseId",
               "Private enterprise number; with it RFC 5424 sends further fields as structured data extra@NUMBER")
        .group(&Config::tls, "tls", "TLS",
               Params<TlsConfig>()
                   .param(&TlsConfig::caFile, "cafile", "PEM of those who are trusted; empty: the system's")
                   .hint(ParamSpec::Hint::File)
                   .param(&TlsConfig::certFile, "certfile", "PEM of the certificate to show, if the server wants one")
                   .hint(ParamSpec::Hint::File)
                   .param(&TlsConfig::keyFile, "keyfile", "PEM of its key; empty: in certfile")
                   .hint(ParamSpec::Hint::File)
                   .param(&TlsConfig::keyPassword, "keyPassword", "Password of the key")
                   .param(&TlsConfig::verify, "verify", "Refuse a server whose certificate is not trusted or not its own"))
        .usual();
}

void check(const SysLogHandlerConfig &config, const std::string &path, Problems &problems)
{
    checkHandler(config, path, problems);
    if (config.address.host.empty() || config.address.port == 0)
        problems.push_back({path + ".address", "A syslog server needs a host and a port, or a path."});
    if (config.tls && !config.isTls())
        problems.push_back({path + ".tls", "These settings need socktype tls."});
    const bool isDatagram = config.socktype == "udp" || (!config.socktype && !config.isUnix());
    if (isDatagram && config.framing.value_or("none") != "none")
        problems.push_back({path + ".framing", "A datagram is a message of its own and has no framing."});
    const bool isNumber = std::ranges::all_of(config.enterpriseId,
                                              [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    if (!isNumber || config.enterpriseId.size() > 20)
        problems.push_back({path + ".enterpriseId", "A private enterprise number has digits and dots, up to 20."});
}

SyslogWriter::Options writerOptions(const SysLogHandlerConfig &config)
{
    SyslogWriter::Options options;
    options.format = config.format == "rfc5424"   ? SyslogWriter::Format::Rfc5424
                     : config.format == "rfc3164" ? SyslogWriter::Format::Rfc3164
                                                  : SyslogWriter::Format::Python;
    const std::string framing = config.framing.value_or(config.isTls() ? "octet-counted" : "none");
    options.framing = framing == "octet-counted" ? SyslogWriter::Framing::OctetCounted
                      : framing == "newline"     ? SyslogWriter::Framing::Newline
                                                 : SyslogWriter::Framing::None;
    options.appendNul = config.append_nul;
    options.hostname = config.hostname ? *config.hostname : QSysInfo::machineHostName().toStdString();
    options.appName = config.appName;
    options.msgId = config.msgId;
    options.enterpriseId = config.enterpriseId;
    return options;
}

Result<sluice::SysLogHandler::Options> optionsOf(const SysLogHandlerConfig &config, const NodeContext &context)
{
    using Type = sluice::SysLogHandler::SocketType;
    sluice::SysLogHandler::Options options;
    const std::string &host = config.address.host;
    options.host = config.isUnix() && !host.starts_with('\0') ? context.resolve(host) : host;
    options.port = config.address.port;
    options.facility = syslog::facilityNumber(config.facility).value_or(1);
    if (config.socktype)
        options.socktype = config.isTls() ? Type::Tls : *config.socktype == "tcp" ? Type::Stream : Type::Datagram;
    options.ident = config.ident;
    options.sendExceptions = config.sendExceptions;
    options.timeout = {config.timeout};
    options.writer = writerOptions(config);
    if (config.tls && !context.rehearsedOutput) { // a rehearsal reveals no password
        const auto file = [&](const Path &path) { return path.text.empty() ? path.text : context.resolve(path.text); };
        const Result<std::string> password = context.reveal(config.tls->keyPassword);
        if (!password)
            return password.error();
        options.tls = {file(config.tls->caFile), file(config.tls->certFile), file(config.tls->keyFile), *password,
                       config.tls->verify};
    }
    return options;
}

Result<std::shared_ptr<sluice::SysLogHandler>> makeHandler(const SysLogHandlerConfig &config, const NodeContext &context)
{
    auto options = optionsOf(config, context);
    if (!options)
        return options.error();
    return std::make_shared<sluice::SysLogHandler>(std::move(*options));
}

Result<std::shared_ptr<Handler>> rehearse(const SysLogHandlerConfig &config, const NodeContext &context)
{
    auto options = optionsOf(config, context);
    if (!options)
        return options.error();
    return std::shared_ptr<Handler>(std::make_shared<RehearsedSysLogHandler>(std::move(*options), context.rehearsedOutput(context.id)));
}

Result<std::shared_ptr<Handler>> make(const SysLogHandlerConfig &config, const NodeContext &context)
{
    auto handler = makeHandler(config, context);
    if (!handler)
        return handler.error();
    return std::shared_ptr<Handler>(std::move(*handler));
}

Result<std::string> tryServer(const SysLogHandlerConfig &config, const NodeContext &context)
{
    const auto handler = makeHandler(config, context);
    if (!handler)
        return handler.error();
    if (const Status status = (*handler)->reach(); !status)
        return Error{status.error()};
    const bool isUdp = !config.isUnix() && config.socktype.value_or("udp") == "udp";
    return isUdp ? config.address.host + " is known. UDP does not tell whether anybody listens there."
                 : config.address.host + (config.isTls() ? " takes connections over TLS." : " takes connections.");
}

std::string describe(const SysLogHandlerConfig &config)
{
    std::string words = config.address.host;
    if (config.address.port)
        words += ":" + std::to_string(*config.address.port);
    if (config.format != "python")
        words += config.format == "rfc5424" ? " · RFC 5424" : " · RFC 3164";
    if (config.isTls())
        words += " · TLS";
    return words;
}

NodeGuarantee guarantee(const SysLogHandlerConfig &config, bool)
{
    using Loss = NodeGuarantee::Loss;
    NodeGuarantee guarantee;
    const bool isStream = config.isTls() || config.socktype == "tcp";
    if (!config.isUnix() && !isStream)
        guarantee.deadPeer = {Loss::Unnoticed, "sends datagrams that nobody acknowledges"};
    else if (isStream)
        guarantee.deadPeer = {Loss::Unbounded, "sends once more what broke off, drops what it cannot send, counted, and is not told of what "
                                               "a connection took and the server never read"};
    else
        guarantee.deadPeer = {Loss::Unbounded, "drops what its socket does not take, counted"};
    return guarantee;
}

} // namespace

const NodeType &SysLogHandler()
{
    static const auto node = handlerNode<SysLogHandlerConfig>(
                                 "SysLogHandler", "Sends records to a syslog server, over UDP, TCP, TLS or a Unix socket",
                                 params(), make)
                                 .checkedBy(check)
                                 .waitsForOthers()
                                 .guarantees(guarantee)
                                 .rehearsedBy(configured<SysLogHandlerConfig>(rehearse))
                                 .triedBy("Test connection", tryServer)
                                 .takesTestRecords(hurryUp<SysLogHandlerConfig>)
                                 .describedBy(describe);
    return node;
}

} // namespace sluice::nodes
