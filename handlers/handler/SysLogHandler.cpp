#include "handler/SysLogHandler.h"

#include "handler/HandlerNode.h"

#include <QSysInfo>

#include <algorithm>

namespace sluice {

namespace {

/// Bytes that are given to a stream in one call, about.
constexpr std::size_t maxBytesAtOnce = 256 * 1024;
constexpr std::size_t maxBytesKept = 4 * 1024 * 1024;

Result<int> numberOf(const SysLogHandler::Code &code, std::optional<int> (*named)(std::string_view), const char *what)
{
    if (const int *number = std::get_if<int>(&code))
        return *number;
    const std::string_view name = std::get<std::string_view>(code);
    if (const std::optional<int> number = named(name))
        return *number;
    return Error{"There is no " + std::string(what) + " " + std::string(name) + " in syslog."};
}

} // namespace

SysLogHandler::SysLogHandler(Options options)
    : m_options(std::move(options)), m_writer(m_options.writer), m_retry(m_options.retry)
{
}

SysLogHandler::~SysLogHandler() = default;

Result<int> SysLogHandler::encodePriority(Code facility, Code priority) const
{
    const Result<int> first = numberOf(facility, &syslog::facilityNumber, "facility");
    if (!first)
        return first;
    const Result<int> second = numberOf(priority, &syslog::priorityNumber, "priority");
    if (!second)
        return second;
    return *first << 3 | *second;
}

std::string_view SysLogHandler::mapPriority(std::string_view levelName) const
{
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"DEBUG", "debug"},
                                                                              {"INFO", "info"},
                                                                              {"WARNING", "warning"},
                                                                              {"ERROR", "error"},
                                                                              {"CRITICAL", "critical"}};
    for (const auto &[level, priority] : names) {
        if (level == levelName)
            return priority;
    }
    return "warning";
}

Result<std::unique_ptr<PeerSocket>> SysLogHandler::makeSocket()
{
    if (m_options.socktype == SocketType::Tls)
        return connectTls(m_options.host, m_options.port.value_or(6514), m_options.timeout, m_options.tls);
    if (m_options.port) {
        return m_options.socktype == SocketType::Stream
                   ? connectTcp(m_options.host, *m_options.port, m_options.timeout)
                   : openUdp(m_options.host, *m_options.port, m_options.timeout, false);
    }
    if (m_options.socktype != SocketType::Stream) {
        auto made = openUnixDatagram(m_options.host, m_options.timeout, true);
        if (made || m_options.socktype)
            return made;
    }
    m_kind = SocketType::Stream;
    return connectUnixStream(m_options.host, m_options.timeout);
}

void SysLogHandler::createSocket()
{
    if (!m_retry.isDue())
        return;
    const auto began = m_retry.now();
    m_kind = m_options.socktype.value_or(SocketType::Datagram);
    auto made = makeSocket();
    if (made) {
        m_socket = std::move(*made);
        m_retry.succeeded();
        return;
    }
    m_socketError = made.error();
    // A Unix socket costs nothing to try, and Python does so with each record.
    if (m_options.port || m_options.socktype == SocketType::Tls)
        m_retry.failed(began);
}

Status SysLogHandler::append(const LogRecord &record)
{
    const Value levelName = record[Attribute::Levelname];
    if (levelName.kind() == Value::Kind::List || levelName.isDict() || levelName.kind() == Value::Kind::Set)
        return Error{"The name of its level is a container."};
    const Result<int> priority = encodePriority(m_options.facility, mapPriority(record.levelname()));
    if (!priority)
        return priority.error();
    m_text = m_options.ident;
    if (m_options.sendExceptions) {
        if (Status status = format(record, m_text); !status)
            return status;
    } else {
        LogRecord copy = record;
        copy.set(Attribute::ExcInfo, Value::none());
        copy.set(Attribute::ExcText, Value::none());
        if (Status status = format(copy, m_text); !status)
            return status;
    }
    return m_writer.write(*priority, record, m_text, m_messages);
}

Status SysLogHandler::emit(const LogRecord &record)
{
    const LogRecord *const one = &record;
    emitBatch(RecordSpan(&one, 1));
    return {};
}

void SysLogHandler::emitBatch(RecordSpan records)
{
    for (const LogRecord *record : records) {
        if (const Status status = append(*record); !status) {
            handleError(record, status.error());
            continue;
        }
        m_ends.push_back({record, m_messages.size()});
        if (m_messages.size() >= maxBytesAtOnce)
            sendMessages();
    }
    sendMessages();
}

void SysLogHandler::sendMessages()
{
    if (m_socket && m_socket->hasEnded())
        m_socket.reset();
    std::size_t first = 0;
    bool again = false; // the message at `first` is being sent for the second time
    while (first < m_ends.size()) {
        if (!m_socket)
            createSocket();
        if (!m_socket) {
            handleError(m_ends[first++].record, m_socketError);
            again = false;
        } else if (m_kind == SocketType::Datagram) {
            sendDatagram(first++);
        } else {
            const std::size_t before = first;
            if (sendStream(first))
                break;
            m_socket.reset();
            if (first == before && again) {
                // A peer that takes it neither time is not waited for with each message that follows.
                m_retry.failed(m_retry.now());
                handleError(m_ends[first++].record, m_socketError);
                again = false;
            } else {
                again = true;
            }
        }
    }
    m_ends.clear();
    m_messages.clear();
    if (m_messages.capacity() > maxBytesKept)
        m_messages = {};
}

/// Sends from `first` on and moves it behind what was taken; whether that was all.
bool SysLogHandler::sendStream(std::size_t &first)
{
    const std::size_t begin = first == 0 ? 0 : m_ends[first - 1].end;
    const PeerSocket::Sent sent = m_socket->send(std::string_view(m_messages).substr(begin));
    while (first < m_ends.size() && m_ends[first].end <= begin + sent.bytes)
        ++first;
    if (sent.status)
        return true;
    m_socketError = sent.status.error();
    return false;
}

void SysLogHandler::sendDatagram(std::size_t index)
{
    const std::size_t begin = index == 0 ? 0 : m_ends[index - 1].end;
    const std::string_view bytes = std::string_view(m_messages).substr(begin, m_ends[index].end - begin);
    if (const PeerSocket::Sent sent = m_socket->send(bytes); !sent.status)
        handleError(m_ends[index].record, sent.status.error());
}

void SysLogHandler::close()
{
    const Lock guard = lock();
    m_socket.reset();
}

namespace nodes {

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
        .param(&Config::facility, "facility", "What kind of program the messages come from")
        .oneOf(std::move(facilities))
        .param(&Config::socktype, "socktype",
               "udp, tcp or tls; for a path udp means datagrams and tcp a stream; null: UDP, or what the path takes")
        .oneOf({"udp", "tcp", "tls"})
        .param(&Config::ident, "ident", "Text in front of each message")
        .param(&Config::append_nul, "append_nul", "End each message with a NUL, in Python's format without framing")
        .param(&Config::timeout, "timeout", "How long the server may take to answer and to read")
        .range(0.001, 3600)
        .unit("s")
        .param(&Config::sendExceptions, "sendExceptions", "Send the text of exceptions with the message")
        .param(&Config::format, "format", "Python's own form (priority and text), or that of RFC 3164 or RFC 5424")
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
                   .param(&TlsConfig::certFile, "certfile", "PEM of the certificate to show, if the server wants one")
                   .param(&TlsConfig::keyFile, "keyfile", "PEM of its key; empty: in certfile")
                   .param(&TlsConfig::keyPassword, "keyPassword", "Password of the key")
                   .param(&TlsConfig::verify, "verify", "Refuse a server whose certificate is not trusted or not its own"));
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

Result<std::shared_ptr<Handler>> make(const SysLogHandlerConfig &config, const NodeContext &context)
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
    if (config.tls) {
        const auto file = [&](const Path &path) { return path.text.empty() ? path.text : context.resolve(path.text); };
        const Result<std::string> password = config.tls->keyPassword.reveal(context.baseDirectory);
        if (!password)
            return password.error();
        options.tls = {file(config.tls->caFile), file(config.tls->certFile), file(config.tls->keyFile), *password,
                       config.tls->verify};
    }
    return std::shared_ptr<Handler>(std::make_shared<sluice::SysLogHandler>(std::move(options)));
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

} // namespace

const NodeType &SysLogHandler()
{
    static const auto node = handlerNode<SysLogHandlerConfig>(
                                 "SysLogHandler", "Sends records to a syslog server, over UDP, TCP, TLS or a Unix socket",
                                 params(), make)
                                 .checkedBy(check)
                                 .waitsForOthers()
                                 .describedBy(describe);
    return node;
}

} // namespace nodes
} // namespace sluice
