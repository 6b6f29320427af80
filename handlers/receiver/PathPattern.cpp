#include "receiver/PathPattern.h"

#include "base/NativeFile.h"

#include <algorithm>

namespace sluice {

namespace {

bool isSeparator(char c) { return files::separators.find(c) != std::string_view::npos; }

char folded(char c) { return files::ignoresCase && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool isWild(std::string_view name) { return name.find_first_of("*?[") != std::string_view::npos; }

/// A class at the front of `pattern`, "[a-z]" or "[!0-9]"; its length, 0 if it is none.
std::size_t classAt(std::string_view pattern, char c, bool &isIn)
{
    std::size_t at = 1;
    const bool isNot = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
    at += isNot;
    isIn = false;
    for (bool isFirst = true; at < pattern.size() && (isFirst || pattern[at] != ']'); isFirst = false) {
        const char from = pattern[at];
        char to = from;
        if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
            to = pattern[at + 2];
            at += 2;
        }
        const auto code = static_cast<unsigned char>(folded(c));
        isIn = isIn || (static_cast<unsigned char>(folded(from)) <= code && code <= static_cast<unsigned char>(folded(to)));
        ++at;
    }
    isIn = isIn != isNot;
    return at < pattern.size() ? at + 1 : 0;
}

} // namespace

PathPattern::PathPattern(const std::string &path) : m_text(path)
{
    std::size_t begin = 0;
    std::string root;
    while (begin < path.size()) {
        const std::size_t slash = std::min(path.find_first_of(files::separators, begin), path.size());
        const std::string name = path.substr(begin, slash - begin);
        m_hasWildcards = m_hasWildcards || isWild(name);
        if (m_hasWildcards)
            m_names.push_back(name);
        else
            m_root = path.substr(0, std::min(slash + 1, path.size()));
        begin = slash + 1;
    }
}

bool PathPattern::matches(std::string_view pattern, std::string_view name)
{
    if (name.starts_with('.') && !pattern.starts_with('.'))
        return false;
    std::size_t p = 0;
    std::size_t n = 0;
    std::size_t star = std::string_view::npos;
    std::size_t starName = 0;
    while (n < name.size()) {
        bool isIn = false;
        std::size_t length = 0;
        if (p < pattern.size() && pattern[p] == '[')
            length = classAt(pattern.substr(p), name[n], isIn);
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            starName = n;
        } else if (length ? isIn : p < pattern.size() && (pattern[p] == '?' || folded(pattern[p]) == folded(name[n]))) {
            p += length ? length : 1;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++starName;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

std::string PathPattern::escaped(std::string_view path)
{
    std::string out;
    for (const char c : path) {
        if (isWild({&c, 1}))
            out += std::string("[") + c + "]";
        else
            out += c;
    }
    return out;
}

std::vector<std::string> PathPattern::below(std::size_t names, std::size_t most) const
{
    std::vector<std::string> found = {m_root};
    const char separator = m_root.empty() ? '/' : m_root.back();
    for (std::size_t i = 0; i < names; ++i) {
        const std::string &pattern = m_names[i];
        std::vector<std::string> next;
        for (const std::string &directory : found) {
            const std::string prefix = directory.empty() || isSeparator(directory.back()) ? directory : directory + separator;
            if (!isWild(pattern)) {
                if (files::exists(prefix + pattern))
                    next.push_back(prefix + pattern);
                continue;
            }
            const auto entries = files::names(prefix);
            if (!entries)
                continue;
            for (const std::string &name : *entries) {
                if (next.size() < most && matches(pattern, name))
                    next.push_back(prefix + name);
            }
        }
        found = std::move(next);
    }
    std::ranges::sort(found);
    return found;
}

std::vector<std::string> PathPattern::expand(std::size_t most) const
{
    if (!m_hasWildcards)
        return {m_text};
    return below(m_names.size(), most);
}

std::vector<std::string> PathPattern::directories(std::size_t most) const
{
    if (!m_hasWildcards)
        return {files::split(m_text).directory};
    std::vector<std::string> all;
    for (std::size_t i = 0; i < m_names.size(); ++i)
        std::ranges::copy(below(i, most), std::back_inserter(all));
    return all;
}

} // namespace sluice
