#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace sluice {

/// The lines of a text, one after the other, each with its line end.
class TextLines
{
public:
    explicit TextLines(std::string_view text) : m_rest(text) {}

    bool next()
    {
        if (m_rest.empty())
            return false;
        const void *end = std::memchr(m_rest.data(), '\n', m_rest.size());
        const std::size_t bytes =
            end ? static_cast<std::size_t>(static_cast<const char *>(end) - m_rest.data()) + 1 : m_rest.size();
        m_line = m_rest.substr(0, bytes);
        m_rest.remove_prefix(bytes);
        return true;
    }
    std::string_view line() const { return m_line; }
    /// What is behind the line.
    std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
    std::string_view m_line;
};

} // namespace sluice
