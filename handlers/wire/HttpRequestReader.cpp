#include "wire/HttpRequestReader.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sluice {

namespace {

constexpr std::string_view endOfHead = "\r\n\r\n";

/// A chunk's size with its extensions, which mean nothing here.
constexpr std::size_t maxChunkLine = 256;

/// A head's memory is kept for the next one up to this.
constexpr std::size_t keptHead = 4096;

} // namespace

HttpRequestReader::HttpRequestReader(HttpLimits limits, std::function<Body()> makeBody)
    : m_limits(limits), m_makeBody(std::move(makeBody))
{
}

HttpRequestReader::State HttpRequestReader::read(std::string_view &bytes)
{
    for (;;) {
        bool goesOn = true;
        switch (m_part) {
        case Part::Head:
            return readHead(bytes);
        case Part::BodyBegin:
            m_left = m_request.contentLength.value_or(0);
            m_part = m_request.chunked ? Part::ChunkSize : m_left ? Part::Body : Part::Whole;
            break;
        case Part::Body:
        case Part::ChunkData:
            goesOn = readBody(bytes);
            break;
        case Part::ChunkSize:
            goesOn = readChunkSize(bytes);
            break;
        case Part::ChunkEnd:
            goesOn = readChunkEnd(bytes);
            break;
        case Part::Trailers:
            goesOn = readTrailers(bytes);
            break;
        case Part::Whole:
            return State::Complete;
        case Part::Broken:
            return State::Failed;
        }
        if (!goesOn && m_part != Part::Broken)
            return State::NeedsMore;
    }
}

HttpRequestReader::State HttpRequestReader::readHead(std::string_view &bytes)
{
    // Empty lines before a request line mean nothing (RFC 9112, 2.2).
    while (m_head.empty() && !bytes.empty() && (bytes.front() == '\r' || bytes.front() == '\n'))
        bytes.remove_prefix(1);
    if (bytes.empty())
        return State::NeedsMore;
    // What another protocol sends is found out at once, not after as many bytes as a head may have.
    if (m_head.empty() && !isHttpTokenChar(bytes.front())) {
        fail(400, "This is no HTTP.");
        return State::Failed;
    }

    const std::size_t before = m_head.size();
    const std::size_t room = m_limits.maxHead + endOfHead.size() - before;
    m_head.append(bytes.substr(0, room));
    const std::size_t end = m_head.find(endOfHead, before < endOfHead.size() ? 0 : before - (endOfHead.size() - 1));
    const std::size_t stop = end == std::string::npos ? m_head.size() : end + endOfHead.size();
    for (std::size_t at = m_head.find('\n', before); at < stop; at = m_head.find('\n', at + 1)) {
        if (at == 0 || m_head[at - 1] != '\r') {
            fail(400, "A line of the head does not end in CR LF.");
            return State::Failed;
        }
    }
    if (end == std::string::npos) {
        bytes.remove_prefix(std::min(room, bytes.size()));
        if (m_head.size() < m_limits.maxHead + endOfHead.size())
            return State::NeedsMore;
        const bool isTarget = m_head.find('\n') == std::string::npos;
        fail(isTarget ? 414 : 431, "The request's head is longer than the limit of " +
                                       std::to_string(m_limits.maxHead) + " bytes.");
        return State::Failed;
    }
    bytes.remove_prefix(stop - before);
    m_head.resize(end);
    if (auto problem = parseHttpHead(m_head, m_limits.maxHeaders, m_request)) {
        fail(problem->status, std::move(problem->sentence));
        return State::Failed;
    }
    if (m_request.contentLength.value_or(0) > m_limits.maxBody) {
        fail(413, "A body of " + std::to_string(*m_request.contentLength) + " bytes is longer than the limit of " +
                      std::to_string(m_limits.maxBody) + " bytes.");
        return State::Failed;
    }
    m_part = Part::BodyBegin;
    return State::HasHead;
}

bool HttpRequestReader::readBody(std::string_view &bytes)
{
    const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
    if (taken == 0)
        return false;
    keep(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    m_left -= taken;
    if (m_left == 0)
        m_part = m_part == Part::ChunkData ? Part::ChunkEnd : Part::Whole;
    return true;
}

bool HttpRequestReader::readChunkSize(std::string_view &bytes)
{
    if (!takeLine(bytes, maxChunkLine, "A chunk's size"))
        return false;
    const char *const end = m_line.data() + m_line.size();
    std::uint64_t size = 0;
    const auto [stop, error] = std::from_chars(m_line.data(), end, size, 16);
    if (error != std::errc() || (stop != end && *stop != ';' && *stop != ' ' && *stop != '\t'))
        return fail(400, "A chunk's size is no number.");
    m_line.clear();
    if (size > m_limits.maxBody - m_bodyBytes)
        return fail(413, "The body is longer than the limit of " + std::to_string(m_limits.maxBody) + " bytes.");
    m_left = size;
    m_part = size ? Part::ChunkData : Part::Trailers;
    return true;
}

bool HttpRequestReader::readChunkEnd(std::string_view &bytes)
{
    if (!takeLine(bytes, 0, "A chunk"))
        return false;
    m_part = Part::ChunkSize;
    return true;
}

bool HttpRequestReader::readTrailers(std::string_view &bytes)
{
    if (!takeLine(bytes, m_limits.maxHead - m_trailerBytes, "A trailer"))
        return false;
    m_trailerBytes += std::min(m_limits.maxHead - m_trailerBytes, m_line.size() + 2);
    if (m_line.empty())
        m_part = Part::Whole;
    m_line.clear();
    return true;
}

/// Collects a line in m_line; true when it is whole.
bool HttpRequestReader::takeLine(std::string_view &bytes, std::size_t limit, const char *what)
{
    const std::size_t end = bytes.find('\n');
    const std::size_t taken = end == std::string_view::npos ? bytes.size() : end + 1;
    if (m_line.size() + taken > limit + 2)
        return fail(400, std::string(what) + " is too long.");
    m_line.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (end == std::string_view::npos)
        return false;
    if (!m_line.ends_with("\r\n"))
        return fail(400, std::string(what) + " does not end in CR LF.");
    m_line.resize(m_line.size() - 2);
    return true;
}

void HttpRequestReader::keep(std::string_view bytes)
{
    m_bodyBytes += bytes.size();
    if (m_dropsBody)
        return;
    if (!m_body)
        m_body = m_makeBody();
    m_body->append(bytes);
}

bool HttpRequestReader::fail(int status, std::string sentence)
{
    m_problem = {status, std::move(sentence)};
    m_part = Part::Broken;
    return false;
}

void HttpRequestReader::next()
{
    m_part = Part::Head;
    if (m_head.capacity() > keptHead)
        m_head = {};
    m_head.clear();
    m_line.clear();
    m_body.reset();
    m_dropsBody = false;
    m_left = 0;
    m_bodyBytes = m_trailerBytes = 0;
}

std::size_t HttpRequestReader::held() const { return m_head.size() + m_line.size() + (m_body ? m_body->size() : 0); }

} // namespace sluice
