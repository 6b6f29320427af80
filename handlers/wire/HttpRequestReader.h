#pragma once

#include "wire/HttpRequestHead.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// What bounds the reading of one request.
struct HttpLimits
{
    std::size_t maxHead = 64 * 1024; ///< bytes of request line and headers, and again of a chunked body's trailers
    std::size_t maxHeaders = 100;
    std::size_t maxBody = 16 * 1024 * 1024; ///< bytes
};

/// Reads the requests of one connection from what comes, in whatever pieces: HTTP/1.1 and 1.0, bodies of a known
/// length and chunked ones. RFC 9112. Memory grows with what has come, not with what is announced. For one thread.
class HttpRequestReader
{
public:
    enum class State {
        NeedsMore, ///< all bytes were taken, and the request is not whole
        HasHead,   ///< once for each request: request() is valid, the body is still to be read
        Complete,  ///< request() and body() are whole; next() begins another one
        Failed,    ///< problem() says why; nothing can be made of what follows
    };

    using Body = std::shared_ptr<std::string>;

    /// `makeBody` gives an empty text for each body that is kept.
    explicit HttpRequestReader(
        HttpLimits limits = {}, std::function<Body()> makeBody = [] { return std::make_shared<std::string>(); });

    /// Reads on, and takes from the front of `bytes` what it has read.
    State read(std::string_view &bytes);

    /// Valid from HasHead until next().
    const HttpRequestHead &request() const { return m_request; }
    /// Valid when Complete; null where there is none. The reader lets go of it with next().
    const Body &body() const { return m_body; }
    const HttpProblem &problem() const { return m_problem; }

    /// Reads this request's body without keeping it: it is refused already.
    void dropBody() { m_dropsBody = true; }

    /// After Complete: begins the next request.
    void next();

    /// Bytes that are kept of a request that is not whole; above zero once one has begun.
    std::size_t held() const;
    /// The request line as far as it has come, for people: headers may hold secrets.
    std::string_view requestLine() const { return std::string_view(m_head).substr(0, m_head.find('\r')); }

private:
    enum class Part { Head, BodyBegin, Body, ChunkSize, ChunkData, ChunkEnd, Trailers, Whole, Broken };

    State readHead(std::string_view &bytes);
    bool readBody(std::string_view &bytes);
    bool readChunkSize(std::string_view &bytes);
    bool readChunkEnd(std::string_view &bytes);
    bool readTrailers(std::string_view &bytes);
    bool takeLine(std::string_view &bytes, std::size_t limit, const char *what);
    void keep(std::string_view bytes);
    bool fail(int status, std::string sentence);

    const HttpLimits m_limits;
    const std::function<Body()> m_makeBody;
    Part m_part = Part::Head;
    std::string m_head;
    std::string m_line; ///< of a chunk's size or a trailer, without line end
    HttpRequestHead m_request;
    Body m_body;
    bool m_dropsBody = false;
    std::uint64_t m_left = 0; ///< bytes of the body or chunk still to come
    std::size_t m_bodyBytes = 0;
    std::size_t m_trailerBytes = 0;
    HttpProblem m_problem;
};

} // namespace sluice
