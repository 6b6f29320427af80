#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

/// Finds a text in others, whatever the case of their letters. Immutable; any number of threads may ask.
class TextMatcher
{
public:
    /// `needle`: UTF-8; the empty one is found everywhere.
    explicit TextMatcher(std::string_view needle);

    bool isEmpty() const { return m_needle.empty(); }

    /// Whether `text` (UTF-8) contains it.
    bool isIn(std::string_view text) const;

private:
    bool isInBytes(std::string_view text) const;
    bool isInCharacters(std::string_view text) const;

    std::string m_needle;                 ///< folded bytes, if all are ASCII
    std::u32string m_characters;          ///< folded, if not
    std::array<std::size_t, 256> m_shift; ///< Horspool's: how far to move on, by the last byte looked at
};

} // namespace sluice
