#include "chain/SecretPlace.h"

#include "base/Secret.h"
#include "base/SecretName.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

bool isBeside(std::string_view name)
{
    static constexpr std::array<std::string_view, 16> names = {"()",       "class", "user", "username", "user_name", "login", "name",  "realm",
                                                               "hostname", "host",  "port", "url",      "scheme",    "type",  "method", "timeout"};
    return std::ranges::find(names, name) != names.end();
}

bool namesPair(std::string_view name)
{
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower.find("cred") != std::string::npos || lower.find("auth") != std::string::npos;
}

/// What stands for something else is none: "$PASSWORD", "%(password)s", "{password}", "<password>".
bool hasPassword(const QString &url)
{
    const qsizetype scheme = url.indexOf(u"://");
    if (scheme <= 0)
        return false;
    qsizetype end = scheme + 3;
    qsizetype at = -1;
    for (; end < url.size() && url[end] != u'/' && url[end] != u'?' && url[end] != u'#' && !url[end].isSpace(); ++end) {
        if (url[end] == u'@')
            at = end;
    }
    const qsizetype colon = url.indexOf(u':', scheme + 3);
    return colon >= 0 && at > colon + 1 && !QStringView(u"$%{<").contains(url[colon + 1]);
}

} // namespace

SecretPlace SecretPlace::of(std::string_view name) const
{
    const bool isNamed = namesSecret(name);
    return {isNamed || (isSecret && !isBeside(name)), isNamed && namesPair(name)};
}

bool isSecretWherever(const QString &text)
{
    return text.startsWith(u"${") ? Secret{text.toStdString()}.isReference() : hasPassword(text);
}

} // namespace sluice
