#include "filter/ExpressionText.h"

#include <algorithm>
#include <array>

namespace sluice::expression {

namespace {

constexpr std::array<std::string_view, 9> keywords = {"and",    "or",       "not",        "in",     "contains",
                                                      "exists", "endswith", "startswith", "extra"};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

std::size_t nameLength(std::string_view text)
{
    if (text.empty() || !beginsName(text[0]))
        return 0;
    std::size_t size = 1;
    while (size < text.size() &&
           (continuesName(text[size]) ||
            (text[size] == '-' && size + 1 < text.size() && continuesName(text[size + 1]))))
        ++size;
    return size;
}

bool isName(std::string_view text) { return !text.empty() && nameLength(text) == text.size(); }

bool isNumberKey(std::string_view text)
{
    return !text.empty() && text.size() < 10 && std::ranges::all_of(text, isDigit);
}

bool isWord(std::string_view word, std::string_view keyword)
{
    if (word == keyword)
        return true;
    return word.size() == keyword.size() && std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::ranges::equal(word, keyword, {}, lower);
}

bool isKeyword(std::string_view word)
{
    return std::ranges::any_of(keywords, [&](std::string_view keyword) { return isWord(word, keyword); });
}

void appendQuoted(std::string_view text, std::string &out)
{
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
        case '\\':
            out += '\\';
            out += c;
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += c;
        }
    }
    out += '"';
}

void appendWord(std::string_view text, std::string &out)
{
    const auto isPlain = [](char c) { return continuesName(c) || c == '.' || c == ':' || c == '-'; };
    const bool plain = !text.empty() && continuesName(text[0]) && std::ranges::all_of(text, isPlain) && !isKeyword(text);
    if (plain)
        out += text;
    else
        appendQuoted(text, out);
}

std::string lowered(std::string_view ascii)
{
    std::string out(ascii);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

} // namespace sluice::expression
