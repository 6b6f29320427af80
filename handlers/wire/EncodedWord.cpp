#include "wire/EncodedWord.h"

#include "base/Utf8.h"
#include "wire/Base64.h"
#include "wire/CodePoints.h"

#include <algorithm>
#include <vector>

namespace sluice::encodedword {

namespace {

bool isHexDigit(char32_t c)
{
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'f') || (c >= U'A' && c <= U'F');
}

int hexValue(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

bool isSafe(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-!*+/").find(c) != std::string_view::npos;
}

std::string toQ(std::string_view bytes)
{
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : bytes) {
        if (isSafe(c))
            out += c;
        else if (c == ' ')
            out += '_';
        else
            out += {'=', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    }
    return out;
}

std::string fromQ(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '=' && i + 2 < text.size() && isHexDigit(static_cast<char32_t>(text[i + 1])) &&
            isHexDigit(static_cast<char32_t>(text[i + 2]))) {
            out += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '_' ? ' ' : text[i];
        }
    }
    return out;
}

std::optional<std::u32string> fromCharset(std::string_view bytes, std::string charset)
{
    std::ranges::transform(charset, charset.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    if (charset == "utf-8" || charset == "utf8") {
        if (!utf8::isValid(bytes, utf8::Surrogates::Refuse))
            return std::nullopt;
        return codePoints(bytes);
    }
    // In what Python does not know, ASCII is ASCII all the same.
    if (!utf8::isAscii(bytes) && charset != "iso-8859-1" && charset != "latin-1" && charset != "latin1")
        return std::nullopt;
    std::u32string out;
    for (const char c : bytes)
        out += static_cast<unsigned char>(c);
    return out;
}

} // namespace

std::u32string encode(std::u32string_view text)
{
    const std::string bytes = utf8Text(text);
    const std::string q = toQ(bytes);
    const std::size_t base64Size = (bytes.size() + 2) / 3 * 4;
    // CPython's preference for what can be read.
    const bool readable = q.size() < base64Size + 5;
    return codePoints("=?utf-8?" + (readable ? "q?" + q : "b?" + base64(bytes)) + "?=");
}

std::optional<Decoded> decode(std::u32string_view text)
{
    if (!text.starts_with(U"=?"))
        return std::nullopt;
    std::size_t end = text.find(U"?=", 2);
    if (end == std::u32string_view::npos)
        return std::nullopt;
    // "?=" may be the mark before encoded text that begins with an escape: "=?utf-8?q?=C3…?=".
    const std::u32string_view rest = text.substr(end + 2);
    if (rest.size() > 1 && isHexDigit(rest[0]) && isHexDigit(rest[1]) &&
        std::ranges::count(text.substr(2, end - 2), U'?') < 2) {
        const std::size_t later = text.find(U"?=", end + 2);
        end = later == std::u32string_view::npos ? text.size() : later;
    }
    const std::string word = utf8Text(text.substr(2, end - 2));
    const std::size_t first = word.find('?');
    const std::size_t second = first == std::string::npos ? first : word.find('?', first + 1);
    if (second == std::string::npos || word.find('?', second + 1) != std::string::npos || !utf8::isAscii(word))
        return std::nullopt;
    const std::string encoding = word.substr(first + 1, second - first - 1);
    const std::string_view content = std::string_view(word).substr(second + 1);
    std::optional<std::string> bytes;
    if (encoding == "q" || encoding == "Q")
        bytes = fromQ(content);
    else if (encoding == "b" || encoding == "B")
        bytes = fromBase64(content);
    if (!bytes)
        return std::nullopt;
    const std::string charset = word.substr(0, first);
    auto decoded = fromCharset(*bytes, charset.substr(0, charset.find('*')));
    if (!decoded)
        return std::nullopt;
    return Decoded{std::move(*decoded), std::min(end + 2, text.size())};
}

bool contains(std::u32string_view text)
{
    for (std::size_t at = text.find(U"=?"); at != std::u32string_view::npos; at = text.find(U"=?", at + 1)) {
        const std::size_t charsetEnd = text.find(U'?', at + 2);
        if (charsetEnd == std::u32string_view::npos || charsetEnd + 2 >= text.size())
            return false;
        if (std::u32string_view(U"qQbB").find(text[charsetEnd + 1]) != std::u32string_view::npos &&
            text[charsetEnd + 2] == U'?' && text.find(U"?=", charsetEnd + 3) != std::u32string_view::npos)
            return true;
    }
    return false;
}

} // namespace sluice::encodedword
