#pragma once

#include "filter/PairScan.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A piece of a text, in bytes.
struct TextRange
{
    std::size_t at = 0;
    std::size_t size = 0;

    std::size_t end() const { return at + size; }
    bool operator==(const TextRange &) const = default;
};

/// Finds a text in others, of a line or of megabytes, in time that grows with their length alone. Immutable;
/// any number of threads may ask.
///
/// Where case does not matter, ASCII letters stand for themselves alone, and all others are compared by
/// Unicode's simple case folding.
class TextSearcher
{
public:
    enum class Case {
        Exact,
        Any,
        Smart, ///< Any, unless the needle has a capital letter
    };

    /// `needle`: UTF-8; the empty one is found everywhere.
    TextSearcher(std::string_view needle, Case letters);

    const std::string &needle() const { return m_needle; }
    bool isEmpty() const { return m_needle.empty(); }
    bool isExact() const { return m_exact; }

    /// The first place at or behind `from` where it stands; it may be longer or shorter there than the needle.
    std::optional<TextRange> find(std::string_view text, std::size_t from = 0) const;
    bool isIn(std::string_view text) const { return find(text).has_value(); }
    bool isPrefixOf(std::string_view text) const;
    bool isSuffixOf(std::string_view text) const;

private:
    void prepareBytes();
    void prepareCharacters();
    bool matchesBytes(const char *at) const;
    /// Where the needle that begins at `at` ends; npos if it does not stand there.
    std::size_t endOfCharacters(std::string_view text, std::size_t at) const;
    const char *findBytes(const char *begin, const char *end) const;
    const char *findBytesSteadily(const char *begin, const char *end) const;
    std::optional<TextRange> findCharacters(std::string_view text, std::size_t from) const;

    std::string m_needle; ///< as it was given
    bool m_exact = true;
    std::string m_bytes; ///< what is looked for byte by byte: the needle folded, or an ASCII part of it
    BytePair m_pair;
    std::size_t m_pairAt = 0; ///< of its first byte, in m_bytes
    std::vector<std::uint32_t> m_borders; ///< of m_bytes, as Knuth, Morris and Pratt have it

    std::u32string m_characters;        ///< folded, where there are others than ASCII and case does not matter
    std::size_t m_charactersBefore = 0; ///< those in front of m_bytes
};

/// Whether there is a capital letter in UTF-8 text.
bool hasCapital(std::string_view text);

} // namespace sluice
