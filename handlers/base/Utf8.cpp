#include "base/Utf8.h"

#include <cstring>

namespace sluice::utf8 {

namespace {

/// Length of the sequence at `at`, or 0 if it is malformed.
std::size_t sequenceLength(std::string_view s, std::size_t at, Surrogates surrogates)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto continues = [&](std::size_t i) { return i < s.size() && (byte(i) & 0xC0) == 0x80; };
    const unsigned char lead = byte(at);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return continues(at + 1) ? 2 : 0;
    if ((lead & 0xF0) == 0xE0) {
        if (!continues(at + 1) || !continues(at + 2))
            return 0;
        if (lead == 0xE0 && byte(at + 1) < 0xA0)
            return 0;
        if (lead == 0xED && byte(at + 1) >= 0xA0 && surrogates == Surrogates::Refuse)
            return 0;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!continues(at + 1) || !continues(at + 2) || !continues(at + 3))
            return 0;
        if (lead == 0xF0 && byte(at + 1) < 0x90)
            return 0;
        if (lead == 0xF4 && byte(at + 1) >= 0x90)
            return 0;
        return 4;
    }
    return 0;
}

std::size_t asciiPrefix(std::string_view s, std::size_t at)
{
    while (at + 8 <= s.size()) {
        std::uint64_t word;
        std::memcpy(&word, s.data() + at, 8);
        if (word & 0x8080808080808080ull)
            break;
        at += 8;
    }
    while (at < s.size() && static_cast<unsigned char>(s[at]) < 0x80)
        ++at;
    return at;
}

} // namespace

bool isValid(std::string_view bytes, Surrogates surrogates)
{
    std::size_t at = asciiPrefix(bytes, 0);
    while (at < bytes.size()) {
        const std::size_t n = sequenceLength(bytes, at, surrogates);
        if (n == 0)
            return false;
        at += n;
        if (n == 1)
            at = asciiPrefix(bytes, at);
    }
    return true;
}

bool isAscii(std::string_view bytes) { return asciiPrefix(bytes, 0) == bytes.size(); }

std::size_t length(std::string_view text)
{
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

char32_t next(std::string_view s, std::size_t &at)
{
    const std::size_t n = sequenceLength(s, at, Surrogates::Allow);
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(s[i])); };
    const std::size_t i = at;
    at += n ? n : 1;
    switch (n) {
    case 1: return byte(i);
    case 2: return (byte(i) & 0x1F) << 6 | (byte(i + 1) & 0x3F);
    case 3: return (byte(i) & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F);
    case 4:
        return (byte(i) & 0x07) << 18 | (byte(i + 1) & 0x3F) << 12 | (byte(i + 2) & 0x3F) << 6 | (byte(i + 3) & 0x3F);
    default: return 0xFFFD;
    }
}

void append(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::string sanitized(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t n = sequenceLength(bytes, at, Surrogates::Refuse);
        if (n == 0) {
            append(out, 0xFFFD);
            ++at;
        } else {
            out.append(bytes.substr(at, n));
            at += n;
        }
    }
    return out;
}

} // namespace sluice::utf8
