#pragma once

#include "base/Result.h"
#include "handler/TlsOptions.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Hands mails to a server over SMTP (RFC 5321), each over a connection of its own. Used by one thread at a time.
class MailTransport
{
public:
    enum class Security {
        None,
        StartTls, ///< RFC 3207; nothing is sent if the server cannot
        Implicit, ///< TLS from the first byte, RFC 8314
    };

    struct Options
    {
        std::string host;
        int port = 0; ///< 0: 25, or 465 for implicit TLS
        Security security = Security::None;
        /// Empty: without logging in. If it is set, nothing is sent before the server has accepted it.
        std::string username;
        std::string password;
        /// For the connection and for each answer.
        std::chrono::milliseconds timeout{5000};
    };

    static Result<std::unique_ptr<MailTransport>> create(Options options, const TlsOptions &tls);
    ~MailTransport();

    struct Receipt
    {
        /// The server's words where it refused some of the recipients; the others have the mail.
        std::string refusal;
    };

    /// `mail`: lines that end in CRLF, dots not doubled. Errors never contain the password.
    Result<Receipt> send(const std::string &sender, const std::vector<std::string> &recipients, std::string_view mail);

    /// Connects, turns to TLS and logs in as send() does, and takes leave again.
    Status greet();

private:
    struct Exchange;
    explicit MailTransport(Options options);

    Error failure(int code) const;

    const Options m_options;
    std::unique_ptr<Exchange> m_exchange;
};

} // namespace sluice
