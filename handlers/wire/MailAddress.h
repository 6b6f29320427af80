#pragma once

#include "wire/MailHeader.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The addresses of a From or To header, RFC 5322: "a@b.c", "Ann Lee <a@b.c>", "\"Lee, Ann\" <a@b.c>", "root", with commas
/// between them. Groups, comments and source routes are refused.
struct MailAddresses
{
    MailToken header;               ///< for foldHeader()
    std::vector<std::string> specs; ///< for the envelope: "a@b.c"
};

Result<MailAddresses> parseMailAddresses(std::string_view text);

} // namespace sluice
