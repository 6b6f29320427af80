#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Record text is UTF-8 from the wire to the disk. As Python's str can hold lone surrogates,
/// so can ours: they stand as the three bytes that Python's "surrogatepass" writes.
namespace sluice::utf8 {

enum class Surrogates { Refuse, Allow };

/// Whether the bytes are UTF-8 (no overlong forms, nothing above U+10FFFF).
bool isValid(std::string_view bytes, Surrogates surrogates = Surrogates::Allow);

bool isAscii(std::string_view bytes);

/// Number of code points in valid UTF-8: Python's len().
std::size_t length(std::string_view text);

/// The code point at `at` in valid UTF-8; moves `at` behind it.
/// On malformed bytes it returns U+FFFD and moves on by one byte.
char32_t next(std::string_view text, std::size_t &at);

void append(std::string &out, char32_t codePoint);

/// The bytes with each malformed one replaced by U+FFFD; lone surrogates too.
std::string sanitized(std::string_view bytes);

inline bool isSurrogate(char32_t codePoint) { return codePoint >= 0xD800 && codePoint <= 0xDFFF; }

} // namespace sluice::utf8
