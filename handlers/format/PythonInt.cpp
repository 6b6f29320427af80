#include "format/PythonInt.h"

#include "format/PythonText.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace sluice::python {

namespace {

bool isInteger(const Value &value)
{
    return value.isInt() || value.kind() == Value::Kind::Bool || value.kind() == Value::Kind::BigInt;
}

/// Decimal digits into words of 32 bits, least first, and these into digits of a power of two.
std::string digitsInBase(std::string_view decimal, int base)
{
    std::vector<std::uint32_t> words;
    while (!decimal.empty()) {
        const std::size_t n = std::min<std::size_t>(9, decimal.size());
        std::uint64_t carry = 0;
        std::uint64_t scale = 1;
        for (const char c : decimal.substr(0, n)) {
            carry = carry * 10 + static_cast<std::uint64_t>(c - '0');
            scale *= 10;
        }
        for (std::uint32_t &word : words) {
            carry += word * scale;
            word = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry)
            words.push_back(static_cast<std::uint32_t>(carry));
        decimal.remove_prefix(n);
    }
    const unsigned bits = base == 2 ? 1 : base == 8 ? 3 : 4;
    std::string reversed;
    std::uint64_t pool = 0;
    unsigned held = 0;
    for (const std::uint32_t word : words) {
        pool |= std::uint64_t{word} << held;
        held += 32;
        for (; held >= bits; held -= bits, pool >>= bits)
            reversed += "0123456789abcdef"[pool & ((1u << bits) - 1)];
    }
    if (held)
        reversed += "0123456789abcdef"[pool & ((1u << bits) - 1)];
    while (reversed.size() > 1 && reversed.back() == '0')
        reversed.pop_back();
    return {reversed.rbegin(), reversed.rend()};
}

} // namespace

IntText intText(const Value &value, int base)
{
    IntText text;
    if (value.kind() == Value::Kind::BigInt) {
        std::string_view digits = value.chars();
        text.negative = digits.starts_with('-');
        if (text.negative || digits.starts_with('+'))
            digits.remove_prefix(1);
        text.digits = base == 10 ? std::string(digits) : digitsInBase(digits, base);
        return text;
    }
    const std::int64_t number = value.asInt();
    text.negative = number < 0;
    const auto size =
        text.negative ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, size, base);
    text.digits.assign(digits, end.ptr);
    return text;
}

Result<IntText> intTextFromFloat(double value)
{
    if (std::isnan(value))
        return Error{"cannot convert float NaN to integer"};
    if (std::isinf(value))
        return Error{"cannot convert float infinity to integer"};
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, std::trunc(std::fabs(value)),
                                   std::chars_format::fixed, 0);
    IntText text;
    text.digits.assign(digits, end.ptr);
    text.negative = value < 0 && text.digits != "0";
    return text;
}

Result<double> floatFromValue(const Value &value)
{
    if (value.kind() == Value::Kind::BigInt) {
        std::string_view digits = value.chars();
        if (digits.starts_with('+'))
            digits.remove_prefix(1);
        double number = 0;
        const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (end.ec != std::errc() || std::isinf(number))
            return Error{"int too large to convert to float"};
        return number;
    }
    if (value.kind() == Value::Kind::Float || isInteger(value))
        return value.asReal();
    return Error{"must be real number, not " + std::string(typeName(value))};
}

} // namespace sluice::python
