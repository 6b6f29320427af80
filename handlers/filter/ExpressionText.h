#pragma once

#include <string>
#include <string_view>

/// How the expression language spells things; the lexer and the printer both need it.
namespace sluice::expression {

constexpr bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
/// Letters, `_`, `@`, `$`, and everything beyond ASCII.
constexpr bool beginsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool continuesName(char c) { return beginsName(c) || isDigit(c); }

/// How long a name is at the beginning of `text`; 0 if there is none. A `-` may stand within it.
std::size_t nameLength(std::string_view text);

/// Whether the whole text is a name.
bool isName(std::string_view text);
/// Whether it is a number that may stand for a member of a list.
bool isNumberKey(std::string_view text);

/// and, or, not and the operators that are words, in small letters or capitals throughout.
bool isKeyword(std::string_view word);
/// Whether `word` is `keyword`, in small letters or in capitals.
bool isWord(std::string_view word, std::string_view keyword);

/// Appends it in double quotes, with \" \\ \n \r \t.
void appendQuoted(std::string_view text, std::string &out);
/// Appends text as a plain word where it can be read back as one, else quoted.
void appendWord(std::string_view text, std::string &out);

std::string lowered(std::string_view ascii);

} // namespace sluice::expression
