#pragma once

#include "wire/HttpRequestHead.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Who may write over HTTP.
struct HttpAccess
{
    /// Names of this machine besides localhost and addresses in digits, which are always right.
    std::vector<std::string> hosts;
    /// Origins of web pages that may write, as browsers send them ("https://app.example"); "*" is any.
    std::vector<std::string> origins;
    /// "Bearer …" and "Basic …", of which one has to come as Authorization. Empty: nobody is asked.
    std::vector<std::string> authorizations;
};

/// Decides whether a request may write records. A browser sends requests to this machine for any page that asks
/// it to, so what comes from a page that was not allowed is refused: by Origin, by Sec-Fetch-Site and Referer for
/// requests that have no Origin, and by the name in Host, which a page cannot choose but through a name server of its
/// own (DNS rebinding). Thread-safe.
class HttpGuard
{
public:
    explicit HttpGuard(HttpAccess access) : m_access(std::move(access)) {}

    /// Why it may not.
    std::optional<HttpProblem> check(const HttpRequestHead &request) const;

    /// The same without credentials, which a browser does not send when it asks by OPTIONS whether a page may write
    /// (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol).
    std::optional<HttpProblem> checkPage(const HttpRequestHead &request) const;

    /// Whether web pages may write at all.
    bool allowsPages() const { return !m_access.origins.empty(); }

    /// The origin that the answer has to name; empty: none.
    std::string_view allowedOrigin(const HttpRequestHead &request) const;

private:
    bool isOurHost(std::string_view host) const;
    bool isAllowed(std::string_view origin) const;

    const HttpAccess m_access;
};

} // namespace sluice
