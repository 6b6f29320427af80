#pragma once

#include "base/Clock.h"
#include "base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Makes the mails of Python's SMTPHandler, to the byte: the headers From, To, Subject, Date, Content-Type,
/// Content-Transfer-Encoding and MIME-Version, then the text, as CPython's email package writes an EmailMessage.
class MailWriter
{
public:
    /// `from` and each of `to`: addresses as parseMailAddresses() takes them.
    static Result<MailWriter> create(const std::string &from, const std::vector<std::string> &to);

    /// For the envelope.
    const std::string &sender() const { return m_sender; }
    const std::vector<std::string> &recipients() const { return m_recipients; }
    /// Whether an address is not ASCII, so that the server must know SMTPUTF8.
    bool isInternational() const { return m_international; }

    /// The mail as DATA carries it before dots are doubled; lines end in CRLF. `date` is written as local time.
    Result<std::string> write(std::string_view subject, Nanoseconds date, std::string_view text) const;

private:
    MailWriter() = default;

    std::string m_sender;
    std::vector<std::string> m_recipients;
    std::string m_addressHeaders;
    bool m_international = false;
};

/// RFC 5322's date in local time: "Sat, 21 Nov 2026 04:52:23 +0000".
std::string mailDate(Nanoseconds time);

} // namespace sluice
