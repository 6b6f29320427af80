#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The texts inside pickles.
namespace sluice::pickletext {

/// Python refuses to turn longer integers into text (sys.int_info.default_max_str_digits).
inline constexpr std::size_t maxIntegerDigits = 4300;

/// The bytes that a Python string literal stands for, quotes included (opcode STRING); none if it is no
/// literal.
std::optional<std::string> unquote(std::string_view literal);

/// The UTF-8 of "raw-unicode-escape" (opcode UNICODE); none if an escape is cut off or beyond Unicode.
std::optional<std::string> fromRawUnicodeEscape(std::string_view line);

/// The decimal digits, with sign, of a little-endian two's complement integer (opcodes LONG1 and LONG4).
std::string decimal(std::string_view littleEndian);

std::string fromLatin1(std::string_view bytes);

/// The Latin-1 bytes of UTF-8 text; none if a character is beyond U+00FF.
std::optional<std::string> toLatin1(std::string_view text);

} // namespace sluice::pickletext
