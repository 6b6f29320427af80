#pragma once

#include "base/Result.h"

#include <string>
#include <string_view>

namespace sluice {

/// The body of a mail as CPython's EmailMessage.set_content(text) makes it and BytesGenerator writes it.
struct MailBody
{
    std::string_view transferEncoding; ///< "7bit", "8bit", "quoted-printable" or "base64": as fits the text
    std::string bytes;                 ///< lines that end in CRLF; "From " at the beginning of one is escaped
};

/// Fails for text with lone surrogates, which no mail can carry. `escapeFrom`: as BytesGenerator does unless an address is
/// not ASCII.
Result<MailBody> mailBody(std::string_view text, bool escapeFrom);

} // namespace sluice
