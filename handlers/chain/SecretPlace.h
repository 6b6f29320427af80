#pragma once

#include <QString>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Whether what stands at a place of a Python configuration is a secret, told by the names that lead there (base/SecretName.h).
struct SecretPlace
{
    bool isSecret = false;
    /// Two values there are a user and a password, as SMTPHandler's credentials: the first is none.
    bool mayBePair = false;

    /// What has that name there: under `credentials` everything is a secret but what only says whose they are.
    SecretPlace of(std::string_view name) const;
};

/// Whether a text is a secret by itself (a URL with a password), or says where one is kept.
bool isSecretWherever(const QString &text);

/// Is told the way to a place of secrets and the text there: a secret, or a reference to one. What it returns takes the text's place.
using SecretVisitor = std::function<std::optional<QString>(const std::vector<std::string> &path, const QString &text)>;

} // namespace sluice
