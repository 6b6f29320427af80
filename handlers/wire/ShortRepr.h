#pragma once

#include "record/Value.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

/// Python's repr of values, cut off at a length: for text that describes what must not be made. The work done
/// is bounded by the length, however much the values would expand to.
class ShortRepr
{
public:
    explicit ShortRepr(std::size_t maxChars) : m_maxBytes(maxChars) {}

    void append(std::string_view text);
    void append(const Value &value);
    /// "a, b, c", without brackets.
    void appendItems(std::span<const Value> items);

    bool full() const { return m_full; }

    /// What was appended; ends in "…" if it was cut off. Always valid UTF-8 if the input was.
    const std::string &text() const { return m_text; }

private:
    void appendQuoted(std::string_view chars, bool bytes);
    void appendEntries(std::span<const Field> entries);

    std::string m_text;
    std::size_t m_maxBytes;
    bool m_full = false;
};

} // namespace sluice
