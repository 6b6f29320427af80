#include "handler/SMTPHandler.h"

#include "handler/HandlerNode.h"
#include "record/Level.h"
#include "wire/MailWriter.h"

#include <algorithm>

namespace sluice {

namespace {

std::string countInWords(std::size_t count, int worst)
{
    return " (" + std::to_string(count) + " records, up to " + levelName(worst) + ")";
}

} // namespace

SMTPHandler::SMTPHandler(Options options)
    : m_options(std::move(options)), m_held(m_options.maxHeld), m_periodOver([this] { mailHeld(); })
{
}

SMTPHandler::~SMTPHandler() { m_periodOver.stop(); }

Status SMTPHandler::open()
{
    const Lock guard = lock();
    if (m_transport)
        return {};
    auto writer = MailWriter::create(m_options.fromaddr, m_options.toaddrs);
    if (!writer)
        return writer.error();
    auto transport = MailTransport::create(m_options.server, m_options.tls);
    if (!transport)
        return transport.error();
    m_writer = std::make_unique<MailWriter>(std::move(*writer));
    m_transport = std::move(*transport);
    return {};
}

void SMTPHandler::close()
{
    m_periodOver.stop();
    mailHeld();
}

std::string SMTPHandler::getSubject(const LogRecord &) const { return m_options.subject; }

Status SMTPHandler::send(std::string subject, Nanoseconds date, std::string_view text)
{
    if (const Status status = open(); !status)
        return status.error();
    const auto mail = m_writer->write(subject, date, text);
    if (!mail)
        return mail.error();
    const auto receipt = m_transport->send(m_writer->sender(), m_writer->recipients(), *mail);
    if (!receipt)
        return receipt.error();
    if (!receipt->refusal.empty())
        handleError(nullptr, Error{"The mail server did not take the mail for every recipient: " + receipt->refusal});
    return {};
}

Status SMTPHandler::emit(const LogRecord &record)
{
    m_text.clear();
    if (Status status = format(record, m_text); !status)
        return status;
    return send(getSubject(record), now(record), m_text);
}

void SMTPHandler::emitBatch(RecordSpan records)
{
    if (!m_options.digest && m_options.rateLimit == 0)
        return Handler::emitBatch(records);
    const std::size_t step = m_options.digest ? records.size() : 1;
    for (; !records.empty(); records = records.subspan(step)) {
        if (mayMailNow())
            mailTogether(records.first(step));
        else
            hold(records.first(step));
    }
}

bool SMTPHandler::mayMailNow()
{
    if (m_options.rateLimit == 0)
        return true;
    const Clock::time_point now = Clock::now();
    if (now >= m_periodEnd && m_held.empty()) {
        m_periodEnd = now + m_options.ratePeriod;
        m_mailsInPeriod = 0;
    }
    // What is held goes first.
    if (!m_held.empty() || m_mailsInPeriod >= m_options.rateLimit)
        return false;
    ++m_mailsInPeriod;
    return true;
}

void SMTPHandler::mailTogether(RecordSpan records)
{
    if (records.size() == 1)
        return Handler::emitBatch(records);
    m_digestText.clear();
    m_together.clear();
    for (const LogRecord *record : records) {
        if (const Status status = format(*record, m_digestText); !status) {
            handleError(record, status.error());
            continue;
        }
        m_digestText += '\n';
        m_together.push_back(record);
    }
    if (m_together.empty())
        return;
    const LogRecord *const worst = *std::ranges::max_element(m_together, {}, &LogRecord::levelno);
    const Status status = send(getSubject(*worst) + countInWords(m_together.size(), worst->levelno),
                               now(*m_together.back()), m_digestText);
    if (status)
        return;
    for (const LogRecord *record : m_together)
        handleError(record, status.error());
}

void SMTPHandler::hold(RecordSpan records)
{
    for (const LogRecord *record : records) {
        m_text.clear();
        if (const Status status = format(*record, m_text); !status) {
            handleError(record, status.error());
            continue;
        }
        if (!m_held.add(*record, m_text)) {
            handleError(record, Error{"Too many records wait for the next mail, which the rate limit puts off."});
            continue;
        }
        if (m_held.size() == 1 || record->levelno > m_heldWorst) {
            m_heldWorst = record->levelno;
            m_heldSubject = getSubject(*record);
        }
    }
    if (!m_held.empty())
        m_periodOver.set(m_periodEnd);
}

void SMTPHandler::mailHeld()
{
    const Lock guard = lock();
    if (m_held.empty())
        return;
    m_periodEnd = Clock::now() + m_options.ratePeriod;
    m_mailsInPeriod = 1;
    const std::size_t count = m_held.size();
    const Status status = send(m_heldSubject + (count == 1 ? "" : countInWords(count, m_heldWorst)),
                               now(m_held.records().back()), m_held.text());
    if (!status) {
        for (const LogRecord &record : m_held.records())
            handleError(&record, status.error());
    }
    m_held.release();
}

namespace nodes {

namespace {

struct Credentials
{
    std::string username;
    Secret password;
};

struct Secure
{
    std::optional<Path> keyfile;
    std::optional<Path> certfile;
};

struct SMTPHandlerConfig : HandlerConfig
{
    Address mailhost;
    std::string fromaddr;
    std::vector<std::string> toaddrs;
    std::string subject;
    std::optional<Credentials> credentials;
    std::optional<Secure> secure;
    double timeout = 5.0;
    bool implicitTls = false;
    bool verify = true;
    std::optional<Path> cafile;
    bool digest = false;
    int rateLimit = 0;
    double ratePeriod = 60.0;
    int maxHeld = 1000;
};

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

std::string resolved(const std::optional<Path> &path, const NodeContext &context)
{
    return path && !path->text.empty() ? context.resolve(path->text) : std::string();
}

Result<std::shared_ptr<Handler>> make(const SMTPHandlerConfig &config, const NodeContext &context)
{
    sluice::SMTPHandler::Options options;
    options.server.host = config.mailhost.host;
    options.server.port = config.mailhost.port.value_or(0);
    options.server.timeout = milliseconds(config.timeout);
    if (config.implicitTls)
        options.server.security = MailTransport::Security::Implicit;
    if (config.credentials && !config.credentials->username.empty()) {
        auto password = config.credentials->password.reveal(context.baseDirectory);
        if (!password)
            return password.error();
        options.server.username = config.credentials->username;
        options.server.password = std::move(*password);
        // As in Python, only who logs in gets STARTTLS.
        if (config.secure && !config.implicitTls)
            options.server.security = MailTransport::Security::StartTls;
    }
    options.tls.verify = config.verify;
    options.tls.caFile = resolved(config.cafile, context);
    if (config.secure) {
        options.tls.keyFile = resolved(config.secure->keyfile, context);
        options.tls.certFile = resolved(config.secure->certfile, context);
    }
    options.fromaddr = config.fromaddr;
    options.toaddrs = config.toaddrs;
    options.subject = config.subject;
    options.digest = config.digest;
    options.rateLimit = config.rateLimit;
    options.ratePeriod = milliseconds(config.ratePeriod);
    options.maxHeld = static_cast<std::size_t>(config.maxHeld);
    auto handler = std::make_shared<sluice::SMTPHandler>(std::move(options));
    if (const Status status = handler->open(); !status)
        return status.error();
    return std::shared_ptr<Handler>(std::move(handler));
}

void check(const SMTPHandlerConfig &config, const std::string &path, Problems &problems)
{
    checkHandler(config, path, problems);
    if (config.mailhost.host.empty())
        problems.push_back({path + ".mailhost", "A mail needs a server."});
    if (config.toaddrs.empty())
        problems.push_back({path + ".toaddrs", "A mail needs somebody who gets it."});
    else if (const auto writer = MailWriter::create("root", config.toaddrs); !writer)
        problems.push_back({path + ".toaddrs", writer.error().text});
    if (const auto writer = MailWriter::create(config.fromaddr, {"root"}); !writer)
        problems.push_back({path + ".fromaddr", writer.error().text});
}

} // namespace

const NodeType &SMTPHandler()
{
    using Config = SMTPHandlerConfig;
    static const auto node =
        handlerNode<Config>(
            "SMTPHandler", "Mails records",
            handlerParams<Config>()
                .param(&Config::mailhost, "mailhost", "Mail server; its port is 25, or 465 with implicit TLS, if none is said")
                .required()
                .param(&Config::fromaddr, "fromaddr", "Address that mails are from")
                .required()
                .param(&Config::toaddrs, "toaddrs", "Addresses that get the mails")
                .required()
                .param(&Config::subject, "subject", "Subject of the mails")
                .group(&Config::credentials, "credentials", "Log in to the server",
                       Params<Credentials>()
                           .param(&Credentials::username, "username", "Name to log in with")
                           .required()
                           .param(&Credentials::password, "password", "Password to log in with"))
                .group(&Config::secure, "secure", "Turn to TLS (STARTTLS) before logging in; as in Python only with credentials",
                       Params<Secure>()
                           .param(&Secure::keyfile, "keyfile", "Key of the certificate to show, PEM")
                           .param(&Secure::certfile, "certfile", "Certificate to show, PEM"))
                .param(&Config::timeout, "timeout", "Longest time to wait for a connection, and for each answer")
                .range(0.001, 3600)
                .unit("s")
                .param(&Config::implicitTls, "implicitTls", "Speak TLS from the start, without STARTTLS")
                .param(&Config::verify, "verify", "With TLS, refuse a server whose certificate does not prove its name")
                .param(&Config::cafile, "cafile", "Certificates to trust instead of the system's, PEM")
                .param(&Config::digest, "digest", "One mail for all records that are passed on together, as by a MemoryHandler")
                .param(&Config::rateLimit, "rateLimit",
                       "Mails in a period, 0 for no limit; what exceeds it goes out as one mail when the period is over")
                .range(0, 1'000'000)
                .unit("mails")
                .param(&Config::ratePeriod, "ratePeriod", "Period of the rate limit")
                .range(0.001, 86400)
                .unit("s")
                .param(&Config::maxHeld, "maxHeld", "Records that may wait for the period's end; more are dropped and counted")
                .range(1, 100'000)
                .unit("records"),
            &make)
            .waitsForOthers()
            .checkedBy(&check)
            .describedBy([](const Config &config) {
                return config.toaddrs.empty() ? std::string("Mails records")
                                              : "to " + config.toaddrs.front() +
                                                    (config.toaddrs.size() > 1 ? " and others" : "");
            });
    return node;
}

} // namespace nodes
} // namespace sluice
