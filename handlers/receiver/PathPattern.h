#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A path with wildcards as shells have them: * and ? and [a-z] within a name, in directories too. UTF-8; between names what
/// the system has there (files::separators).
class PathPattern
{
public:
    /// `path` is absolute.
    explicit PathPattern(const std::string &path);

    bool hasWildcards() const { return m_hasWildcards; }
    const std::string &text() const { return m_text; }

    /// What is there now, sorted, at most so many; without wildcards the path itself, whether it is there or not.
    std::vector<std::string> expand(std::size_t most) const;

    /// The directories in which names are looked for that are there now.
    std::vector<std::string> directories(std::size_t most) const;

    /// Whether a name is meant, on Windows in whatever capitals (of ASCII). A name that begins with a dot is so only by a pattern that does.
    static bool matches(std::string_view pattern, std::string_view name);

    /// A pattern that means this path alone.
    static std::string escaped(std::string_view path);

private:
    std::vector<std::string> below(std::size_t names, std::size_t most) const;

    std::string m_text;
    std::string m_root; ///< up to the first name with wildcards, with its slash
    std::vector<std::string> m_names;
    bool m_hasWildcards = false;
};

} // namespace sluice
