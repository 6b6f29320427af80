#include "filter/TextSearcher.h"

#include "base/Utf8.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <cstring>

namespace sluice {

namespace {

constexpr unsigned char lowerBit = 0x20;

constexpr bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char foldByte(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + lowerBit) : c; }

char32_t foldCharacter(char32_t c)
{
    if (c < 0x80)
        return static_cast<unsigned char>(foldByte(static_cast<char>(c)));
    const char32_t folded = QChar::toCaseFolded(c);
    return folded < 0x80 ? c : folded;
}

/// Bytes from the commonest in logs to the rarest; what is not listed is rarer still.
constexpr std::string_view byCommonness =
    " e0taoinr1s2cdl3h54.6u-79:8mpf/,_gb=ywv\"()T[]ExA'SIDRCNkOLPM\n{}GFUBHWqjzVYK<>X@&+#*%?;QJZ$!\\|~^`\t\r";

constexpr auto commonness = [] {
    std::array<unsigned char, 256> table{};
    for (std::size_t i = 128; i < 256; ++i)
        table[i] = 40; // letters beyond ASCII: their first bytes recur
    for (std::size_t i = 0; i < byCommonness.size(); ++i)
        table[static_cast<unsigned char>(byCommonness[i])] = static_cast<unsigned char>(200 - i);
    return table;
}();

std::size_t nextBeyondAscii(std::string_view text, std::size_t at)
{
    constexpr std::uint64_t highBits = 0x8080808080808080;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t bytes;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        if (bytes & highBits)
            break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80)
        ++at;
    return at;
}

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

} // namespace

bool hasCapital(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (QChar::toLower(c) != c)
            return true;
    }
    return false;
}

TextSearcher::TextSearcher(std::string_view needle, Case letters)
    : m_needle(needle),
      m_exact(letters == Case::Exact || (letters == Case::Smart && hasCapital(needle)))
{
    if (m_exact || utf8::isAscii(needle))
        m_bytes = needle;
    else
        prepareCharacters();
    if (!m_exact)
        std::ranges::transform(m_bytes, m_bytes.begin(), foldByte);
    prepareBytes();
}

void TextSearcher::prepareCharacters()
{
    std::size_t longest = 0;
    std::size_t runStart = 0;
    std::size_t charactersAtStart = 0;
    for (std::size_t at = 0; at < m_needle.size();) {
        const std::size_t start = at;
        const char32_t c = utf8::next(m_needle, at);
        m_characters += foldCharacter(c);
        if (c >= 0x80) {
            runStart = at;
            charactersAtStart = m_characters.size();
        } else if (start + 1 - runStart > longest) {
            longest = start + 1 - runStart;
            m_bytes = m_needle.substr(runStart, longest);
            m_charactersBefore = charactersAtStart;
        }
    }
}

void TextSearcher::prepareBytes()
{
    if (m_bytes.empty())
        return;
    const auto rank = [&](std::size_t i) { return commonness[static_cast<unsigned char>(m_bytes[i])]; };
    std::size_t rarest = 0;
    for (std::size_t i = 1; i < m_bytes.size(); ++i) {
        if (rank(i) < rank(rarest))
            rarest = i;
    }
    std::size_t next = rarest == 0 ? m_bytes.size() - 1 : 0;
    for (std::size_t i = 0; i < m_bytes.size(); ++i) {
        if (i != rarest && (rank(i) < rank(next) || next == rarest))
            next = i;
    }
    const auto [left, right] = std::minmax(rarest, next);
    const auto fold = [&](std::size_t i) { return !m_exact && isLetter(m_bytes[i]) ? lowerBit : 0; };
    m_pairAt = left;
    m_pair.first = static_cast<unsigned char>(m_bytes[left]);
    m_pair.second = static_cast<unsigned char>(m_bytes[right]);
    m_pair.firstFold = static_cast<unsigned char>(fold(left));
    m_pair.secondFold = static_cast<unsigned char>(fold(right));
    m_pair.distance = right - left;

    m_borders.assign(m_bytes.size() + 1, 0);
    for (std::size_t i = 1, length = 0; i < m_bytes.size(); ++i) {
        while (length > 0 && m_bytes[i] != m_bytes[length])
            length = m_borders[length];
        if (m_bytes[i] == m_bytes[length])
            ++length;
        m_borders[i + 1] = static_cast<std::uint32_t>(length);
    }
}

bool TextSearcher::matchesBytes(const char *at) const
{
    if (m_exact)
        return std::memcmp(at, m_bytes.data(), m_bytes.size()) == 0;
    for (const char c : m_bytes) {
        if (foldByte(*at++) != c)
            return false;
    }
    return true;
}

const char *TextSearcher::findBytes(const char *begin, const char *end) const
{
    const std::size_t size = m_bytes.size();
    if (static_cast<std::size_t>(end - begin) < size)
        return end;
    const char *const lastStart = end - size + 1;
    // A text that is made to hold the pair everywhere would cost its length times the needle's.
    std::size_t wasted = 0;
    for (const char *at = begin; at < lastStart; ++at) {
        at = findPair(m_pair, at + m_pairAt, lastStart + m_pairAt) - m_pairAt;
        if (at == lastStart)
            return end;
        if (matchesBytes(at))
            return at;
        wasted += size;
        if (wasted > 4096 + 8 * static_cast<std::size_t>(at - begin))
            return findBytesSteadily(at + 1, end);
    }
    return end;
}

const char *TextSearcher::findBytesSteadily(const char *begin, const char *end) const
{
    std::size_t length = 0;
    for (const char *at = begin; at < end; ++at) {
        const char c = m_exact ? *at : foldByte(*at);
        while (length > 0 && c != m_bytes[length])
            length = m_borders[length];
        if (c == m_bytes[length])
            ++length;
        if (length == m_bytes.size())
            return at + 1 - length;
    }
    return end;
}

std::size_t TextSearcher::endOfCharacters(std::string_view text, std::size_t at) const
{
    for (const char32_t c : m_characters) {
        if (at >= text.size() || foldCharacter(utf8::next(text, at)) != c)
            return std::string_view::npos;
    }
    return at;
}

std::optional<TextRange> TextSearcher::findCharacters(std::string_view text, std::size_t from) const
{
    if (m_bytes.empty()) {
        for (std::size_t at = nextBeyondAscii(text, from); at < text.size(); at = nextBeyondAscii(text, at)) {
            if (const std::size_t end = endOfCharacters(text, at); end != text.npos)
                return TextRange{at, end - at};
            utf8::next(text, at);
        }
        return std::nullopt;
    }
    // Between two places where the ASCII part stands nothing has to be decoded.
    const char *const end = text.data() + text.size();
    for (std::size_t at = from; at < text.size(); ++at) {
        at = static_cast<std::size_t>(findBytes(text.data() + at, end) - text.data());
        if (at == text.size())
            break;
        std::size_t start = at;
        std::size_t before = m_charactersBefore;
        for (; before > 0 && start > from; --before) {
            --start;
            while (start > from && isContinuation(text[start]))
                --start;
        }
        if (before > 0)
            continue;
        if (const std::size_t matchEnd = endOfCharacters(text, start); matchEnd != text.npos)
            return TextRange{start, matchEnd - start};
    }
    return std::nullopt;
}

std::optional<TextRange> TextSearcher::find(std::string_view text, std::size_t from) const
{
    if (from > text.size())
        return std::nullopt;
    if (m_needle.empty())
        return TextRange{from, 0};
    if (!m_characters.empty())
        return findCharacters(text, from);
    const char *const end = text.data() + text.size();
    const char *const found = findBytes(text.data() + from, end);
    if (found == end)
        return std::nullopt;
    return TextRange{static_cast<std::size_t>(found - text.data()), m_bytes.size()};
}

bool TextSearcher::isPrefixOf(std::string_view text) const
{
    if (!m_characters.empty())
        return endOfCharacters(text, 0) != text.npos;
    return text.size() >= m_bytes.size() && (m_bytes.empty() || matchesBytes(text.data()));
}

bool TextSearcher::isSuffixOf(std::string_view text) const
{
    if (m_characters.empty())
        return text.size() >= m_bytes.size() &&
               (m_bytes.empty() || matchesBytes(text.data() + text.size() - m_bytes.size()));
    std::size_t start = text.size();
    for (std::size_t left = m_characters.size(); left > 0; --left) {
        if (start == 0)
            return false;
        --start;
        while (start > 0 && isContinuation(text[start]))
            --start;
    }
    return endOfCharacters(text, start) == text.size();
}

} // namespace sluice
