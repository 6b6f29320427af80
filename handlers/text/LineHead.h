#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice {

/// Which bytes may stand at each of the first places of a record's first line: tells lines that begin a record from
/// those that belong to the record above, at some nanoseconds each.
class LineHead
{
public:
    static constexpr std::size_t maxLength = 16;
    static constexpr std::string_view digits = "0123456789";
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// One more place, where any of these may stand. Places beyond the last one that counts are left out.
    void add(std::string_view bytes)
    {
        if (m_length == maxLength)
            return;
        for (const char byte : bytes)
            m_places[static_cast<unsigned char>(byte)] |= std::uint16_t(1u << m_length);
        ++m_length;
    }
    void addDigits(std::size_t count)
    {
        for (; count > 0; --count)
            add(digits);
    }
    void addText(std::string_view text)
    {
        for (std::size_t i = 0; i < text.size(); ++i)
            add(text.substr(i, 1));
    }
    /// One more place, where anything may stand that is neither white nor a control character.
    void addVisible()
    {
        if (m_length == maxLength)
            return;
        for (int byte = 0x21; byte < 256; ++byte) {
            if (byte != 0x7F)
                m_places[std::size_t(byte)] |= std::uint16_t(1u << m_length);
        }
        ++m_length;
    }

    std::size_t length() const { return m_length; }
    bool isFull() const { return m_length == maxLength; }

    bool canBegin(unsigned char byte) const { return m_length == 0 || (m_places[byte] & 1); }

    bool matches(std::string_view line) const
    {
        if (line.size() < m_length)
            return false;
        unsigned all = 0xFFFF;
        for (std::size_t i = 0; i < m_length; ++i) {
            all = m_places[static_cast<unsigned char>(line[i])] >> i;
            if (!(all & 1))
                return false;
        }
        return true;
    }

private:
    std::array<std::uint16_t, 256> m_places{};
    std::size_t m_length = 0;
};

} // namespace sluice
