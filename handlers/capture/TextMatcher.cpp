#include "capture/TextMatcher.h"

#include "base/Utf8.h"

#include <QChar>

#include <algorithm>

namespace sluice {

namespace {

constexpr unsigned char foldByte(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + 32) : c;
}

constexpr auto foldTable = [] {
    std::array<unsigned char, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = foldByte(static_cast<unsigned char>(i));
    return table;
}();

char32_t foldCharacter(char32_t c) { return c < 0x80 ? foldTable[c] : QChar::toCaseFolded(c); }

} // namespace

TextMatcher::TextMatcher(std::string_view needle)
{
    if (utf8::isAscii(needle)) {
        for (const char c : needle)
            m_needle += static_cast<char>(foldTable[static_cast<unsigned char>(c)]);
        m_shift.fill(m_needle.size());
        for (std::size_t i = 0; i + 1 < m_needle.size(); ++i) {
            const auto c = static_cast<unsigned char>(m_needle[i]);
            const std::size_t shift = m_needle.size() - 1 - i;
            m_shift[c] = shift;
            if (c >= 'a' && c <= 'z')
                m_shift[c - 32u] = shift;
        }
        return;
    }
    m_needle = needle;
    for (std::size_t at = 0; at < needle.size();)
        m_characters += foldCharacter(utf8::next(needle, at));
}

bool TextMatcher::isIn(std::string_view text) const
{
    if (m_needle.empty())
        return true;
    return m_characters.empty() ? isInBytes(text) : isInCharacters(text);
}

bool TextMatcher::isInBytes(std::string_view text) const
{
    const std::size_t size = m_needle.size();
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
    const auto *needle = reinterpret_cast<const unsigned char *>(m_needle.data());
    for (std::size_t at = 0; at + size <= text.size();) {
        const unsigned char last = bytes[at + size - 1];
        if (foldTable[last] == needle[size - 1]) {
            std::size_t i = 0;
            while (i + 1 < size && foldTable[bytes[at + i]] == needle[i])
                ++i;
            if (i + 1 == size)
                return true;
        }
        at += m_shift[last];
    }
    return false;
}

bool TextMatcher::isInCharacters(std::string_view text) const
{
    if (utf8::isAscii(text))
        return false;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t at = start;
        std::size_t found = 0;
        while (found < m_characters.size() && at < text.size() &&
               foldCharacter(utf8::next(text, at)) == m_characters[found])
            ++found;
        if (found == m_characters.size())
            return true;
        utf8::next(text, start);
    }
    return false;
}

} // namespace sluice
