#include "wire/HttpRequestHead.h"

#include <algorithm>
#include <charconv>

namespace sluice {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool isToken(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isHttpTokenChar);
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Whether one of a comma separated list is `word`.
bool lists(std::string_view list, std::string_view word)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (equalsIgnoringCase(trimmed(list.substr(0, comma)), word))
            return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

std::optional<HttpProblem> parseTarget(std::string_view target, HttpRequestHead &request)
{
    const auto isBad = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; };
    if (target.empty() || std::ranges::any_of(target, isBad))
        return HttpProblem{400, "The request's target is none."};
    if (target.front() != '/' && target != "*") {
        const std::size_t scheme = target.find("://");
        if (scheme == std::string_view::npos)
            return HttpProblem{400, "The request's target is none."};
        target.remove_prefix(scheme + 3);
        const std::size_t end = std::min(target.find_first_of("/?"), target.size());
        request.host = target.substr(0, end);
        target.remove_prefix(end);
    }
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    return {};
}

std::optional<HttpProblem> parseRequestLine(std::string_view line, HttpRequestHead &request, bool &isHttp10)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return HttpProblem{400, "The request line has not three parts."};
    request.method = line.substr(0, first);
    if (!isToken(request.method))
        return HttpProblem{400, "The request's method is none."};
    const std::string_view version = line.substr(last + 1);
    isHttp10 = version == "HTTP/1.0";
    if (!isHttp10 && version != "HTTP/1.1") {
        if (version.starts_with("HTTP/"))
            return HttpProblem{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
        return HttpProblem{400, "The request line does not end in an HTTP version."};
    }
    return parseTarget(line.substr(first + 1, last - first - 1), request);
}

std::optional<HttpProblem> parseHeader(std::string_view line, HttpRequestHead &request)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return HttpProblem{400, "A header is none."};
    const std::string_view value = trimmed(line.substr(colon + 1));
    const auto isBad = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; };
    if (std::ranges::any_of(value, isBad))
        return HttpProblem{400, "A header has control characters in it."};
    request.headers.push_back({line.substr(0, colon), value});
    return {};
}

std::optional<HttpProblem> applyHeaders(HttpRequestHead &request, bool isHttp10)
{
    bool hasHost = false;
    std::string_view connection;
    for (const HttpHeader &header : request.headers) {
        if (equalsIgnoringCase(header.name, "host")) {
            if (hasHost)
                return HttpProblem{400, "There is more than one Host."};
            hasHost = true;
            if (request.host.empty())
                request.host = header.value;
        } else if (equalsIgnoringCase(header.name, "content-length")) {
            std::uint64_t length = 0;
            const char *const end = header.value.data() + header.value.size();
            const auto [stop, error] = std::from_chars(header.value.data(), end, length);
            if (request.contentLength || stop != end || error != std::errc())
                return HttpProblem{400, "The Content-Length is no single number."};
            request.contentLength = length;
        } else if (equalsIgnoringCase(header.name, "transfer-encoding")) {
            if (request.chunked || isHttp10)
                return HttpProblem{400, "The Transfer-Encoding cannot be."};
            if (!equalsIgnoringCase(header.value, "chunked"))
                return HttpProblem{501, "The only Transfer-Encoding that is known here is chunked."};
            request.chunked = true;
        } else if (equalsIgnoringCase(header.name, "connection")) {
            connection = header.value;
        } else if (equalsIgnoringCase(header.name, "expect")) {
            if (!equalsIgnoringCase(header.value, "100-continue"))
                return HttpProblem{417, "Nothing but 100-continue can be expected."};
            request.expectsContinue = !isHttp10;
        }
    }
    if (request.chunked && request.contentLength)
        return HttpProblem{400, "There are both a Content-Length and a Transfer-Encoding."};
    if (!hasHost && !isHttp10)
        return HttpProblem{400, "There is no Host."};
    request.keepAlive = isHttp10 ? lists(connection, "keep-alive") : !lists(connection, "close");
    return {};
}

} // namespace

std::optional<std::string_view> HttpRequestHead::header(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(headers, [&](const HttpHeader &one) { return equalsIgnoringCase(one.name, name); });
    if (found == headers.end())
        return std::nullopt;
    return found->value;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool isHttpTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::optional<HttpProblem> parseHttpHead(std::string_view head, std::size_t maxHeaders, HttpRequestHead &request)
{
    request.method = request.path = request.query = request.host = {};
    request.headers.clear();
    request.keepAlive = true;
    request.expectsContinue = request.chunked = false;
    request.contentLength.reset();

    bool isFirst = true;
    bool isHttp10 = false;
    while (isFirst || !head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        std::optional<HttpProblem> problem;
        if (isFirst)
            problem = parseRequestLine(line, request, isHttp10);
        else if (request.headers.size() == maxHeaders)
            problem = HttpProblem{431, "There are more than " + std::to_string(maxHeaders) + " headers."};
        else
            problem = parseHeader(line, request);
        if (problem)
            return problem;
        isFirst = false;
    }
    return applyHeaders(request, isHttp10);
}

} // namespace sluice
