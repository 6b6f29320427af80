#include "text/PlainTextFormat.h"

#include "text/TextRecord.h"

namespace sluice {

namespace {

/// "ERROR: text", "error: text", "[WARN] text", "WARNING text" (in capitals): the word.
std::string_view levelWordAt(std::string_view line)
{
    const bool isBracketed = line.starts_with('[');
    if (isBracketed)
        line.remove_prefix(1);
    constexpr std::size_t longest = 16;
    std::size_t end = 0;
    bool isCapital = true;
    for (; end < line.size() && end < longest; ++end) {
        const char c = line[end];
        const bool isSmall = c >= 'a' && c <= 'z';
        if (!isSmall && !(c >= 'A' && c <= 'Z'))
            break;
        isCapital = isCapital && !isSmall;
    }
    const char next = end < line.size() ? line[end] : '\0';
    const bool ends = isBracketed ? next == ']' : next == ':' || (isCapital && (next == ' ' || next == '\0'));
    return ends ? line.substr(0, end) : std::string_view();
}

} // namespace

PlainTextFormat::PlainTextFormat() : TextFormat("plain", "Plain lines") { m_head.addVisible(); }

bool PlainTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    if (const std::string_view word = levelWordAt(first); !word.empty()) {
        if (const auto level = levelFromWord(word))
            record.setLevel(*level, word);
    }
    record.setMessage(first, whole);
    return true;
}

} // namespace sluice
