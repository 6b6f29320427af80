#pragma once

#include "base/Result.h"
#include "filter/TextSearcher.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace sluice {

/// Finds what a regular expression describes, by RE2: in time that grows with the text's length alone, and in
/// bounded memory, whatever people type. Immutable; any number of threads may ask.
/// `^` and `$` stand at the ends of lines. https://github.com/google/re2/wiki/Syntax
class RegexSearcher
{
public:
    static constexpr std::size_t maxPatternBytes = 4096;

    /// Fails with what is wrong with the pattern.
    static Result<std::shared_ptr<const RegexSearcher>> create(const std::string &pattern, bool anyCase);
    ~RegexSearcher();

    std::optional<TextRange> find(std::string_view text, std::size_t from = 0) const;
    bool isIn(std::string_view text) const;

    /// Every text that matches contains one of these, whatever the case of ASCII letters; none if that is not
    /// known.
    const std::vector<std::string> &literals() const { return m_literals; }
    /// Whether a match does not depend on what stands around it, so that it is found in a larger text too.
    bool ignoresSurroundings() const { return m_ignoresSurroundings; }

private:
    RegexSearcher(std::unique_ptr<re2::RE2> regex, std::vector<std::string> literals, bool ignoresSurroundings);

    const std::unique_ptr<re2::RE2> m_regex;
    const std::vector<std::string> m_literals;
    const bool m_ignoresSurroundings;
};

} // namespace sluice
