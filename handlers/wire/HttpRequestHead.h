#pragma once

#include "base/Result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// Why a request is refused: a status of RFC 9110 and a sentence.
struct HttpProblem
{
    int status = 400;
    std::string sentence;
};

struct HttpHeader
{
    std::string_view name;
    std::string_view value; ///< without spaces around it
};

/// The head of a request, RFC 9112. Its text lives with whoever read it.
struct HttpRequestHead
{
    std::string_view method; ///< as it came; case matters
    std::string_view path;   ///< without the query, as it came
    std::string_view query;  ///< behind the first "?", as it came
    std::string_view host;   ///< from the target if that has one, else from Host; may be empty in HTTP/1.0
    std::vector<HttpHeader> headers;
    bool keepAlive = true;
    bool expectsContinue = false;
    bool chunked = false;
    std::optional<std::uint64_t> contentLength;

    /// The first header of that name, in whatever case.
    std::optional<std::string_view> header(std::string_view name) const;

    /// Whether a body was announced, be it an empty one.
    bool announcesBody() const { return chunked || contentLength.has_value(); }
};

/// Equality of ASCII letters in whatever case.
bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// Characters that methods and names of headers may have ("token").
bool isHttpTokenChar(char c);

/// Reads a head, from the request line to the empty line, which is not part of `head`. Strict where leniency lets
/// two readers see two requests: line ends are CR LF, a length is said once, and not in two ways.
std::optional<HttpProblem> parseHttpHead(std::string_view head, std::size_t maxHeaders, HttpRequestHead &request);

} // namespace sluice
