#include "text/DatedTextFormat.h"

#include "text/TextRecord.h"

namespace sluice {

namespace {

/// Where the time stands, and behind it the rest.
struct Dated
{
    TimeParts parts;
    std::string_view time;
    std::string_view rest;
};

bool isSeparator(char c) { return c == ' ' || c == '\t' || c == ':' || c == '-' || c == '|' || c == ',' || c == ';'; }

std::string_view withoutSeparators(std::string_view text)
{
    while (!text.empty() && isSeparator(text.front()))
        text.remove_prefix(1);
    return text;
}

bool findTime(std::string_view line, Dated &dated)
{
    const bool isBracketed = line.starts_with('[') || line.starts_with('(');
    if (isBracketed)
        line.remove_prefix(1);
    const std::size_t bytes = readTimeParts(line, dated.parts);
    if (bytes == 0)
        return false;
    dated.time = line.substr(0, bytes);
    dated.rest = line.substr(bytes);
    if (isBracketed) {
        // Some write more into the brackets.
        if (!dated.rest.starts_with(']') && !dated.rest.starts_with(')'))
            return !dated.rest.empty() && isSeparator(dated.rest.front());
        dated.rest.remove_prefix(1);
    }
    return dated.rest.empty() || isSeparator(dated.rest.front()) || dated.rest.front() == '[' || dated.rest.front() == '\r' ||
           dated.rest.front() == '\n';
}

/// A word and what stands behind it; brackets around it are left out.
std::string_view takeWord(std::string_view &text)
{
    std::size_t begin = 0;
    while (begin < text.size() && (isSeparator(text[begin]) || text[begin] == '[' || text[begin] == '(' || text[begin] == '<'))
        ++begin;
    std::size_t end = begin;
    while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z')))
        ++end;
    const std::string_view word = text.substr(begin, end - begin);
    while (end < text.size() && (text[end] == ']' || text[end] == ')' || text[end] == '>'))
        ++end;
    text.remove_prefix(end);
    return word;
}

} // namespace

DatedTextFormat::DatedTextFormat() : TextFormat("dated", "A date and a time, then text")
{
    m_head.add("[(0123456789JFMASONDTW");
    m_looksCloser = true;
    m_weight = 2;
}

bool DatedTextFormat::beginsWhole(std::string_view line) const
{
    Dated dated;
    return findTime(line, dated);
}

bool DatedTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    Dated dated;
    if (!findTime(first, dated) || !record.setTime(dated.parts, dated.time))
        return false;
    std::string_view behind = dated.rest;
    const std::string_view word = takeWord(behind);
    const bool ends = behind.empty() || isSeparator(behind.front()) || behind.front() == '[';
    if (const auto level = ends ? levelFromWord(word) : std::nullopt) {
        record.setLevel(*level, word);
        record.setMessage(withoutSeparators(behind), whole);
        return true;
    }
    // Further behind, in capitals or brackets, or not at all.
    constexpr int furtherWords = 4;
    std::string_view further = dated.rest;
    for (int i = 0; i < furtherWords && !further.empty(); ++i) {
        const std::size_t begin = further.find_first_not_of(' ');
        if (begin == std::string_view::npos)
            break;
        further.remove_prefix(begin);
        std::string_view token = further.substr(0, further.find(' '));
        further.remove_prefix(token.size());
        const bool isBracketed = token.starts_with('[');
        const std::string_view inside = takeWord(token);
        const bool isCapital = !inside.empty() && inside.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
        if (!token.empty() && token != ":")
            continue;
        const auto found = isBracketed || isCapital ? levelFromWord(inside) : std::nullopt;
        if (found) {
            record.setLevel(*found, inside);
            break;
        }
    }
    record.setMessage(withoutSeparators(dated.rest), whole);
    return true;
}

} // namespace sluice
