#include "receiver/HttpGuard.h"

#include <QHostAddress>

#include <algorithm>

namespace sluice {

namespace {

/// The host of "host", "host:port", "[::1]:port".
std::string_view withoutPort(std::string_view host)
{
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        return end == std::string_view::npos ? std::string_view() : host.substr(1, end - 1);
    }
    return host.substr(0, host.find(':'));
}

bool endsIgnoringCase(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && equalsIgnoringCase(text.substr(text.size() - end.size()), end);
}

/// Takes as long for each text of that length, so that nobody learns from the time how much of it was right.
bool isSameSecret(std::string_view given, std::string_view secret)
{
    unsigned difference = given.size() == secret.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference |= static_cast<unsigned char>(given[i] ^ secret[i % secret.size()]);
    return difference == 0;
}

/// "https://app.example" of "https://app.example/page?x".
std::string_view originOf(std::string_view address)
{
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos)
        return {};
    return address.substr(0, address.find_first_of("/?#", scheme + 3));
}

/// The scheme's name is not told apart by case, "Basic" and "bearer"; what follows is.
bool isSameAuthorization(std::string_view given, std::string_view expected)
{
    const std::size_t space = expected.find(' ');
    return given.size() > space && equalsIgnoringCase(given.substr(0, space + 1), expected.substr(0, space + 1)) &&
           isSameSecret(given.substr(space + 1), expected.substr(space + 1));
}

} // namespace

std::optional<HttpProblem> HttpGuard::check(const HttpRequestHead &request) const
{
    if (auto problem = checkPage(request))
        return problem;
    if (!m_access.authorizations.empty()) {
        const std::string_view given = request.header("authorization").value_or("");
        if (std::ranges::none_of(m_access.authorizations, [&](const std::string &expected) {
                return isSameAuthorization(given, expected);
            }))
            return HttpProblem{401, given.empty() ? "Credentials are needed here." : "The credentials are wrong."};
    }
    return {};
}

std::optional<HttpProblem> HttpGuard::checkPage(const HttpRequestHead &request) const
{
    if (!request.host.empty() && !isOurHost(withoutPort(request.host)))
        return HttpProblem{403, "This machine is not known by the name that was asked for."};
    const auto origin = request.header("origin");
    if (origin && !isAllowed(*origin))
        return HttpProblem{403, "The web page's origin is not among those that may write."};
    if (origin)
        return {};
    const auto site = request.header("sec-fetch-site");
    const auto referer = request.header("referer");
    const bool isFromPage = referer || (site && *site != "none");
    if (isFromPage && !isAllowed(originOf(referer.value_or(""))))
        return HttpProblem{403, "Web pages may not write here."};
    return {};
}

bool HttpGuard::isOurHost(std::string_view host) const
{
    if (host.ends_with('.'))
        host.remove_suffix(1);
    if (equalsIgnoringCase(host, "localhost") || endsIgnoringCase(host, ".localhost"))
        return true;
    const QHostAddress address(QString::fromUtf8(host.data(), static_cast<qsizetype>(host.size())));
    return !address.isNull() ||
           std::ranges::any_of(m_access.hosts, [&](const std::string &one) { return equalsIgnoringCase(one, host); });
}

bool HttpGuard::isAllowed(std::string_view origin) const
{
    return std::ranges::any_of(m_access.origins, [&](const std::string &one) {
        return one == "*" || equalsIgnoringCase(one, origin);
    });
}

std::string_view HttpGuard::allowedOrigin(const HttpRequestHead &request) const
{
    const std::string_view origin = request.header("origin").value_or("");
    return !origin.empty() && isAllowed(origin) ? origin : std::string_view();
}

} // namespace sluice
