#include "wire/PickleText.h"

#include "base/Utf8.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace sluice::pickletext {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<char32_t> hexNumber(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at + digits > text.size())
        return std::nullopt;
    char32_t number = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return std::nullopt;
        number = number << 4 | static_cast<char32_t>(digit);
    }
    return number;
}

bool isOctal(char c) { return c >= '0' && c <= '7'; }

} // namespace

std::optional<std::string> unquote(std::string_view s)
{
    if (s.size() < 2 || s.front() != s.back() || (s.front() != '\'' && s.front() != '"'))
        return std::nullopt;
    s = s.substr(1, s.size() - 2);
    std::string out;
    out.reserve(s.size());
    for (std::size_t at = 0; at < s.size(); ++at) {
        if (s[at] != '\\') {
            out += s[at];
            continue;
        }
        if (++at == s.size())
            return std::nullopt;
        switch (s[at]) {
        case '\\':
        case '\'':
        case '"':
            out += s[at];
            break;
        case 'a':
            out += '\a';
            break;
        case 'b':
            out += '\b';
            break;
        case 'f':
            out += '\f';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        case 't':
            out += '\t';
            break;
        case 'v':
            out += '\v';
            break;
        case 'x': {
            const auto number = hexNumber(s, at + 1, 2);
            if (!number)
                return std::nullopt;
            out += static_cast<char>(*number);
            at += 2;
            break;
        }
        default:
            if (isOctal(s[at])) {
                unsigned number = 0;
                std::size_t digits = 0;
                for (; digits < 3 && at + digits < s.size() && isOctal(s[at + digits]); ++digits)
                    number = number * 8 + static_cast<unsigned>(s[at + digits] - '0');
                out += static_cast<char>(number);
                at += digits - 1;
            } else {
                out += '\\';
                out += s[at];
            }
        }
    }
    return out;
}

std::optional<std::string> fromRawUnicodeEscape(std::string_view line)
{
    std::string out;
    out.reserve(line.size());
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c != '\\' || at + 1 == line.size()) {
            utf8::append(out, static_cast<unsigned char>(c));
            continue;
        }
        const char kind = line[++at];
        if (kind != 'u' && kind != 'U') {
            out += '\\';
            utf8::append(out, static_cast<unsigned char>(kind));
            continue;
        }
        const std::size_t digits = kind == 'u' ? 4 : 8;
        const auto codePoint = hexNumber(line, at + 1, digits);
        if (!codePoint || *codePoint > 0x10FFFF)
            return std::nullopt;
        utf8::append(out, *codePoint);
        at += digits;
    }
    return out;
}

std::string decimal(std::string_view littleEndian)
{
    if (littleEndian.empty())
        return "0";
    const bool negative = static_cast<unsigned char>(littleEndian.back()) & 0x80;

    // 32-bit limbs, least significant first, of the absolute value.
    std::vector<std::uint32_t> limbs((littleEndian.size() + 3) / 4, negative ? 0xFFFFFFFFu : 0u);
    for (std::size_t i = 0; i < littleEndian.size(); ++i) {
        const unsigned shift = static_cast<unsigned>(i % 4) * 8;
        const std::uint32_t byte = static_cast<unsigned char>(littleEndian[i]);
        limbs[i / 4] = (limbs[i / 4] & ~(0xFFu << shift)) | byte << shift;
    }
    if (negative) {
        std::uint64_t carry = 1;
        for (std::uint32_t &limb : limbs) {
            carry += static_cast<std::uint32_t>(~limb);
            limb = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
    }

    std::string reversed;
    while (!limbs.empty() && limbs.back() == 0)
        limbs.pop_back();
    while (!limbs.empty()) {
        std::uint64_t rest = 0;
        for (auto limb = limbs.rbegin(); limb != limbs.rend(); ++limb) {
            rest = rest << 32 | *limb;
            *limb = static_cast<std::uint32_t>(rest / 1'000'000'000);
            rest %= 1'000'000'000;
        }
        while (!limbs.empty() && limbs.back() == 0)
            limbs.pop_back();
        for (int digit = 0; digit < 9 && (rest || !limbs.empty()); ++digit, rest /= 10)
            reversed += static_cast<char>('0' + rest % 10);
    }
    if (reversed.empty())
        return "0";
    if (negative)
        reversed += '-';
    std::ranges::reverse(reversed);
    return reversed;
}

std::string fromLatin1(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (const char c : bytes)
        utf8::append(out, static_cast<unsigned char>(c));
    return out;
}

std::optional<std::string> toLatin1(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (c > 0xFF)
            return std::nullopt;
        out += static_cast<char>(c);
    }
    return out;
}

} // namespace sluice::pickletext
