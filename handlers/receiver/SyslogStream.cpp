#include "receiver/SyslogStream.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::size_t maxCountDigits = 10;
/// So much of a message that is too long is shown.
constexpr std::size_t sampleBytes = 100;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Whether a line begins with "<" and a digit somewhere in the text: then its line feeds end messages.
bool hasLineWithPri(std::string_view text)
{
    for (std::size_t at = 0; at + 1 < text.size();) {
        if (text[at] == '<' && isDigit(text[at + 1]))
            return true;
        at = text.find('\n', at);
        if (at == std::string_view::npos)
            return false;
        ++at;
    }
    return false;
}

} // namespace

SyslogStream::SyslogStream(SyslogWorkshop &workshop, std::string peer)
    : m_workshop(workshop), m_peer(std::move(peer)), m_buffer(workshop.buffers)
{
}

bool SyslogStream::take(std::size_t bytes)
{
    m_buffer.commit(bytes);
    const bool taken = decode() && m_workshop.deliver(m_peer);
    m_buffer.release();
    return taken;
}

bool SyslogStream::decode()
{
    while (skip()) {
        const auto message = next();
        if (!message)
            return true;
        if (m_workshop.isFull() && !m_workshop.deliver(m_peer))
            return false;
        m_workshop.read(*message, m_buffer.owner());
        consume(m_whole);
        completeOne();
    }
    return true;
}

bool SyslogStream::skip()
{
    if (m_skip) {
        const std::size_t skipped = std::min(m_skip, m_buffer.pending().size());
        consume(skipped);
        m_skip -= skipped;
    }
    if (m_skipsText) {
        const std::string_view pending = m_buffer.pending();
        const std::size_t end = m_ending == Ending::Nul ? pending.find('\0') : pending.find_first_of({"\n\0", 2});
        consume(std::min(end, pending.size()));
        m_skipsText = end == std::string_view::npos;
    }
    return m_skip == 0 && !m_skipsText;
}

std::optional<std::string_view> SyslogStream::next()
{
    // Between messages: the end of one that was counted without it, or an empty one.
    const std::string_view all = m_buffer.pending();
    const std::size_t begin = std::min(all.find_first_not_of(std::string_view("\n\r\0", 3)), all.size());
    if (begin)
        consume(begin);
    m_expected = 0;
    const std::string_view pending = all.substr(begin);
    if (pending.empty())
        return std::nullopt;

    std::size_t digits = 0;
    std::size_t count = 0;
    while (digits < pending.size() && digits < maxCountDigits && isDigit(pending[digits]))
        count = count * 10 + std::size_t(pending[digits++] - '0');
    if (digits && pending.front() != '0') {
        if (pending.size() < digits + 2 && pending.substr(digits) == std::string_view(" ").substr(0, pending.size() - digits))
            return std::nullopt; // cannot be known yet
        if (pending.substr(digits).starts_with(" <"))
            return nextCounted(digits + 1, count);
    }
    return nextText();
}

std::optional<std::string_view> SyslogStream::nextCounted(std::size_t prefix, std::size_t count)
{
    const std::string_view pending = m_buffer.pending();
    if (count > m_workshop.maxMessage) {
        if (pending.size() < prefix + sampleBytes) {
            m_expected = prefix + sampleBytes;
            return std::nullopt;
        }
        rejectLong(pending.substr(prefix));
        consume(prefix);
        m_skip = count;
        return skip() ? next() : std::nullopt;
    }
    m_expected = prefix + count;
    if (pending.size() < m_expected)
        return std::nullopt;
    m_whole = m_expected;
    return pending.substr(prefix, count);
}

std::optional<std::string_view> SyslogStream::nextText()
{
    const std::string_view pending = m_buffer.pending();
    const std::size_t nul = findNul();
    std::size_t end = nul;
    if (m_ending != Ending::Nul) {
        const std::size_t line = pending.substr(0, nul).find('\n', m_searched);
        m_searched = std::min(line, std::min(nul, pending.size()));
        // With a NUL to come, the first message tells whether its line feeds are text.
        const bool isLine = line != std::string_view::npos &&
                            (nul == std::string_view::npos || m_ending == Ending::LineFeed ||
                             hasLineWithPri(pending.substr(line + 1, nul - line - 1)));
        if (isLine)
            end = line;
        if (m_ending == Ending::Unknown && end != std::string_view::npos)
            m_ending = isLine ? Ending::LineFeed : Ending::Nul;
    }
    if (std::min(end, pending.size()) > m_workshop.maxMessage) {
        rejectLong(pending);
        m_skipsText = true;
        return skip() ? next() : std::nullopt;
    }
    if (end == std::string_view::npos)
        return std::nullopt;
    m_whole = end + 1;
    return pending.substr(0, end);
}

std::size_t SyslogStream::findNul()
{
    const std::string_view pending = m_buffer.pending();
    if (m_noNul < pending.size())
        m_noNul = std::min(pending.find('\0', m_noNul), pending.size());
    return m_noNul < pending.size() ? m_noNul : std::string_view::npos;
}

void SyslogStream::consume(std::size_t bytes)
{
    m_buffer.consume(bytes);
    m_noNul -= std::min(m_noNul, bytes);
    m_searched = 0;
    m_expected = 0;
}

void SyslogStream::end(std::string_view reason)
{
    const std::string_view pending = m_buffer.pending();
    if (m_expected)
        m_workshop.reject(m_peer, std::string(reason) + " in the middle of a message.", pending);
    else if (!pending.empty())
        m_workshop.read(pending, m_buffer.owner());
    consume(pending.size());
    m_workshop.deliver(m_peer);
    m_buffer.release();
    m_skip = 0;
    m_skipsText = false;
}

void SyslogStream::rejectLong(std::string_view text)
{
    m_workshop.reject(m_peer,
                      "A message is longer than the limit of " + std::to_string(m_workshop.maxMessage) + " bytes.", text);
}

} // namespace sluice
