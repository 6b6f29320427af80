#pragma once

#include "base/KeyStore.h"
#include "base/Result.h"

#include <optional>
#include <string>

namespace sluice {

/// A password or a token, which is kept elsewhere than in a project: `${env:NAME}` is the environment variable,
/// `${file:PATH}` the file's content without line ends at its end, `${keychain:NAME}` what the system's key store has under that name
/// (see KeyStore.h). Any other text is the secret itself; it
/// lives in memory only and is never written out.
struct Secret
{
    std::string text;

    bool isReference() const;
    /// By which the key store is asked for it.
    std::optional<std::string> keyStoreName() const;
    /// The secret. Fails, without telling anything of it, where the variable, the file or the entry is not there or the
    /// file is larger than 64 KiB. Relative paths begin at `baseDirectory`.
    /// May wait for the key store, unless that has been asked before and the name is among its answers.
    Result<std::string> reveal(const std::string &baseDirectory, const keystore::Answers *answers = nullptr) const;
};

} // namespace sluice
