#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Words of mail headers beyond ASCII, RFC 2047, as CPython's email package writes and reads them.
namespace sluice::encodedword {

/// "=?utf-8?q?…?=" or, where that is much shorter, "=?utf-8?b?…?=".
std::u32string encode(std::u32string_view text);

struct Decoded
{
    std::u32string text;
    std::size_t size; ///< characters read
};

/// The word at the beginning of `text`, if there is one. Beyond ASCII, UTF-8 and Latin-1 are read.
std::optional<Decoded> decode(std::u32string_view text);

/// Whether there is something of a word's form anywhere in the text.
bool contains(std::u32string_view text);

} // namespace sluice::encodedword
