#include "handler/MailTransport.h"

#include "base/Utf8.h"
#include "handler/CurlTransfer.h"

#include <algorithm>
#include <cstring>

namespace sluice {

namespace {

constexpr std::size_t maxReply = 200;

/// The reply as one line for people: a server's text is hostile until cleaned.
std::string readable(std::string_view reply)
{
    std::string text = utf8::sanitized(reply.substr(0, std::min(reply.find_first_of("\r\n"), maxReply)));
    std::ranges::replace_if(text, [](char c) { return c >= 0 && c < ' '; }, ' ');
    return text;
}

} // namespace

/// One mail on its way: what libcurl asks for and tells.
struct MailTransport::Exchange
{
    CurlTransfer transfer;
    std::string_view rest;
    bool mustLogIn = false;
    bool loggedIn = false;
    std::string refusal; ///< the last reply that was an error

    static std::size_t read(char *to, std::size_t size, std::size_t count, void *self)
    {
        Exchange &exchange = *static_cast<Exchange *>(self);
        // libcurl goes on without logging in where a server does not offer it.
        if (exchange.mustLogIn && !exchange.loggedIn)
            return CURL_READFUNC_ABORT;
        const std::size_t given = std::min(size * count, exchange.rest.size());
        std::memcpy(to, exchange.rest.data(), given);
        exchange.rest.remove_prefix(given);
        return given;
    }

    static std::size_t reply(char *line, std::size_t size, std::size_t count, void *self)
    {
        Exchange &exchange = *static_cast<Exchange *>(self);
        const std::string_view text(line, size * count);
        if (text.starts_with("235"))
            exchange.loggedIn = true;
        else if (text.starts_with('4') || (text.starts_with('5') && !text.starts_with("504") && !text.starts_with("53")))
            exchange.refusal = readable(text);
        return size * count;
    }

    static std::size_t ignore(char *, std::size_t size, std::size_t count, void *) { return size * count; }
};

MailTransport::MailTransport(Options options) : m_options(std::move(options)), m_exchange(std::make_unique<Exchange>()) {}

MailTransport::~MailTransport() = default;

Result<std::unique_ptr<MailTransport>> MailTransport::create(Options options, const TlsOptions &tls)
{
    std::unique_ptr<MailTransport> mail(new MailTransport(std::move(options)));
    const Options &wanted = mail->m_options;
    Exchange &exchange = *mail->m_exchange;
    CurlTransfer &transfer = exchange.transfer;
    const bool implicit = wanted.security == Security::Implicit;
    if (const Status status = transfer.setPeer(implicit ? "smtps" : "smtp", wanted.host, wanted.port); !status)
        return status.error();
    transfer.setTls(tls);
    transfer.setTimeout(wanted.timeout);
    if (wanted.security == Security::StartTls)
        transfer.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    exchange.mustLogIn = !wanted.username.empty();
    if (exchange.mustLogIn) {
        transfer.set(CURLOPT_USERNAME, wanted.username.c_str());
        transfer.set(CURLOPT_PASSWORD, wanted.password.c_str());
    }
    transfer.set(CURLOPT_UPLOAD, 1L);
    transfer.set(CURLOPT_FORBID_REUSE, 1L);
    // As in Python: a refused recipient does not keep the mail from the others.
    transfer.set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
    transfer.set(CURLOPT_READFUNCTION, &Exchange::read);
    transfer.set(CURLOPT_READDATA, &exchange);
    transfer.set(CURLOPT_HEADERFUNCTION, &Exchange::reply);
    transfer.set(CURLOPT_HEADERDATA, &exchange);
    transfer.set(CURLOPT_WRITEFUNCTION, &Exchange::ignore);
    return mail;
}

Result<MailTransport::Receipt> MailTransport::send(const std::string &sender,
                                                   const std::vector<std::string> &recipients, std::string_view mail)
{
    CurlList to;
    for (const std::string &recipient : recipients)
        to.append("<" + recipient + ">");
    Exchange &exchange = *m_exchange;
    exchange.rest = mail;
    exchange.loggedIn = false;
    exchange.refusal.clear();
    exchange.transfer.set(CURLOPT_MAIL_FROM, ("<" + sender + ">").c_str());
    exchange.transfer.set(CURLOPT_MAIL_RCPT, to.get());
    exchange.transfer.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.size()));
    const CURLcode code = exchange.transfer.perform();
    exchange.transfer.set(CURLOPT_MAIL_RCPT, static_cast<curl_slist *>(nullptr));
    if (code != CURLE_OK)
        return failure(code);
    return Receipt{exchange.refusal};
}

Status MailTransport::greet()
{
    Exchange &exchange = *m_exchange;
    exchange.loggedIn = false;
    exchange.refusal.clear();
    exchange.transfer.set(CURLOPT_UPLOAD, 0L);
    exchange.transfer.set(CURLOPT_NOBODY, 1L);
    exchange.transfer.set(CURLOPT_CUSTOMREQUEST, "NOOP");
    const CURLcode code = exchange.transfer.perform();
    exchange.transfer.set(CURLOPT_CUSTOMREQUEST, static_cast<const char *>(nullptr));
    exchange.transfer.set(CURLOPT_NOBODY, 0L);
    exchange.transfer.set(CURLOPT_UPLOAD, 1L);
    if (code != CURLE_OK)
        return failure(code);
    if (exchange.mustLogIn && !exchange.loggedIn)
        return failure(CURLE_ABORTED_BY_CALLBACK);
    return {};
}

Error MailTransport::failure(int code) const
{
    const std::string server = "The mail server " + m_options.host;
    switch (code) {
    // What the server says to a failed log-in could repeat what it was given.
    case CURLE_LOGIN_DENIED: return Error{server + " refused the user name or the password."};
    case CURLE_ABORTED_BY_CALLBACK: return Error{server + " offers no way to log in."};
    case CURLE_USE_SSL_FAILED: return Error{server + " offers no TLS."};
    case CURLE_OPERATION_TIMEDOUT: return Error{server + " did not answer in time."};
    default: break;
    }
    if (!m_exchange->refusal.empty())
        return Error{server + " refused the mail: " + m_exchange->refusal};
    return Error{server + " cannot be used: " + m_exchange->transfer.failure(static_cast<CURLcode>(code)) + "."};
}

} // namespace sluice
