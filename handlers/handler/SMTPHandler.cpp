#include "handler/SMTPHandler.h"

#include "handler/HandlerNode.h"
#include "handler/RehearsedSMTPHandler.h"
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

Status SMTPHandler::prepare()
{
    if (m_writer)
        return {};
    auto writer = MailWriter::create(m_options.fromaddr, m_options.toaddrs);
    if (!writer)
        return writer.error();
    m_writer = std::make_unique<MailWriter>(std::move(*writer));
    return {};
}

Status SMTPHandler::open()
{
    const Lock guard = lock();
    if (m_transport)
        return {};
    if (const Status status = prepare(); !status)
        return status.error();
    auto transport = MailTransport::create(m_options.server, m_options.tls);
    if (!transport)
        return transport.error();
    m_transport = std::move(*transport);
    return {};
}

void SMTPHandler::close()
{
    m_periodOver.stop();
    mailHeld();
}

std::string SMTPHandler::getSubject(const LogRecord &) const { return m_options.subject; }

Result<MailTransport::Receipt> SMTPHandler::deliver(std::string_view mail, const std::string &, Nanoseconds, std::size_t)
{
    if (const Status status = open(); !status)
        return status.error();
    return m_transport->send(m_writer->sender(), m_writer->recipients(), mail);
}

Status SMTPHandler::send(std::string subject, Nanoseconds date, std::string_view text, std::size_t records)
{
    if (const Status status = prepare(); !status)
        return status.error();
    const auto mail = m_writer->write(subject, date, text);
    if (!mail)
        return mail.error();
    const auto receipt = deliver(*mail, subject, date, records);
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
    return send(getSubject(record), now(record), m_text, 1);
}

void SMTPHandler::emitBatch(RecordSpan records)
{
    if (!m_options.digest && m_options.rateLimit == 0)
        return Handler::emitBatch(records);
    const std::size_t step = m_options.digest ? records.size() : 1;
    for (; !records.empty(); records = records.subspan(step)) {
        if (mayMailNow(*records.front()))
            mailTogether(records.first(step));
        else
            hold(records.first(step));
    }
}

SMTPHandler::Clock::time_point SMTPHandler::time(const LogRecord &record) const
{
    return usesRecordClock() ? Clock::time_point(std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(record.created)))
                             : Clock::now();
}

bool SMTPHandler::mayMailNow(const LogRecord &record)
{
    if (m_options.rateLimit == 0)
        return true;
    const Clock::time_point now = time(record);
    // By the records' clock no thread can wait for the period's end: the next record finds it over.
    if (usesRecordClock() && !m_held.empty() && now >= m_periodEnd)
        mailHeld();
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
                               now(*m_together.back()), m_digestText, m_together.size());
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
    if (!m_held.empty() && !usesRecordClock())
        m_periodOver.set(m_periodEnd);
}

void SMTPHandler::mailHeld()
{
    const Lock guard = lock();
    if (m_held.empty())
        return;
    // By the records' clock the mail went out when the period was over.
    m_periodEnd = (usesRecordClock() ? m_periodEnd : Clock::now()) + m_options.ratePeriod;
    m_mailsInPeriod = 1;
    const std::size_t count = m_held.size();
    const Status status = send(m_heldSubject + (count == 1 ? "" : countInWords(count, m_heldWorst)),
                               now(m_held.records().back()), m_held.text(), count);
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

Result<sluice::SMTPHandler::Options> optionsOf(const SMTPHandlerConfig &config, const NodeContext &context)
{
    sluice::SMTPHandler::Options options;
    options.server.host = config.mailhost.host;
    options.server.port = config.mailhost.port.value_or(0);
    options.server.timeout = milliseconds(config.timeout);
    if (config.implicitTls)
        options.server.security = MailTransport::Security::Implicit;
    if (config.credentials && !config.credentials->username.empty() && !context.rehearsedOutput) {
        auto password = context.reveal(config.credentials->password);
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
    return options;
}

Result<std::shared_ptr<Handler>> make(const SMTPHandlerConfig &config, const NodeContext &context)
{
    auto options = optionsOf(config, context);
    if (!options)
        return options.error();
    auto handler = std::make_shared<sluice::SMTPHandler>(std::move(*options));
    if (const Status status = handler->open(); !status)
        return status.error();
    return std::shared_ptr<Handler>(std::move(handler));
}

Result<std::shared_ptr<Handler>> rehearse(const SMTPHandlerConfig &config, const NodeContext &context)
{
    auto options = optionsOf(config, context);
    if (!options)
        return options.error();
    return std::shared_ptr<Handler>(std::make_shared<RehearsedSMTPHandler>(std::move(*options), context.rehearsedOutput(context.id)));
}

Result<std::string> tryServer(const SMTPHandlerConfig &config, const NodeContext &context)
{
    const auto options = optionsOf(config, context);
    if (!options)
        return options.error();
    const auto server = MailTransport::create(options->server, options->tls);
    if (!server)
        return server.error();
    if (const Status status = (*server)->greet(); !status)
        return status.error();
    const bool logsIn = !options->server.username.empty();
    return "The mail server " + config.mailhost.host + " answers" +
           (options->server.security == MailTransport::Security::None ? "" : " over TLS") +
           (logsIn ? ", and the log-in is accepted." : ".");
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

NodeGuarantee guarantee(const SMTPHandlerConfig &config, bool)
{
    using Loss = NodeGuarantee::Loss;
    NodeGuarantee guarantee;
    guarantee.deadPeer = {Loss::Unbounded, "tries each mail once, and drops its records, counted, if the server does not take it"};
    if (config.rateLimit > 0) {
        const auto held = static_cast<std::uint64_t>(config.maxHeld);
        guarantee.crash = {Loss::Bounded, "holds up to " + recordsInWords(held) + " in memory while its rate limit puts them off", held, {}};
    }
    return guarantee;
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
                .hint(ParamSpec::Hint::MailAddress)
                .required()
                .param(&Config::toaddrs, "toaddrs", "Addresses that get the mails")
                .hint(ParamSpec::Hint::MailAddress)
                .required()
                .param(&Config::subject, "subject", "Subject of the mails")
                .usual()
                .group(&Config::credentials, "credentials", "Log in to the server",
                       Params<Credentials>()
                           .param(&Credentials::username, "username", "Name to log in with")
                           .required()
                           .param(&Credentials::password, "password", "Password to log in with"))
                .usual()
                .group(&Config::secure, "secure", "Turn to TLS (STARTTLS) before logging in; as in Python only with credentials",
                       Params<Secure>()
                           .param(&Secure::keyfile, "keyfile", "Key of the certificate to show, PEM")
                           .hint(ParamSpec::Hint::File)
                           .param(&Secure::certfile, "certfile", "Certificate to show, PEM")
                           .hint(ParamSpec::Hint::File))
                .usual()
                .param(&Config::timeout, "timeout", "Longest time to wait for a connection, and for each answer")
                .range(0.001, 3600)
                .unit("s")
                .param(&Config::implicitTls, "implicitTls", "Speak TLS from the start, without STARTTLS")
                .param(&Config::verify, "verify", "With TLS, refuse a server whose certificate does not prove its name")
                .param(&Config::cafile, "cafile", "Certificates to trust instead of the system's, PEM")
                .hint(ParamSpec::Hint::File)
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
            .guarantees(&guarantee)
            .rehearsedBy(configured<Config>(&rehearse))
            .triedBy("Test connection", &tryServer)
            .takesTestRecords(hurryUp<Config>)
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
