#include "wire/CborReader.h"

#include "wire/PickleText.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace sluice {

namespace {

enum Major : std::uint8_t { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

constexpr std::uint8_t indefinite = 31;
constexpr std::uint8_t breakCode = 0xFF;

double fromHalf(std::uint64_t bits)
{
    const auto exponent = static_cast<int>(bits >> 10 & 31);
    const auto mantissa = static_cast<double>(bits & 1023);
    double number = 0;
    if (exponent == 0)
        number = std::ldexp(mantissa, -24);
    else if (exponent != 31)
        number = std::ldexp(mantissa + 1024, exponent - 25);
    else
        number = mantissa == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    return bits & 0x8000 ? -number : number;
}

} // namespace

bool CborReader::value(Value &out, std::size_t depth)
{
    std::uint8_t initial = 0;
    std::uint64_t number = 0;
    if (!byte(initial))
        return false;
    const auto major = static_cast<std::uint8_t>(initial >> 5);
    const auto info = static_cast<std::uint8_t>(initial & 31);
    switch (major) {
    case Unsigned:
    case Negative:
        if (!argument(info, number))
            return false;
        out = major == Unsigned ? unsignedInteger(number) : negativeInteger(number);
        return true;
    case Bytes:
    case Text:
        return chars(major, info, out);
    case Array:
    case Map:
        return container(major, info, depth, out);
    case Tag:
        return argument(info, number) && tagged(number, depth, out);
    default:
        return simple(info, out);
    }
}

bool CborReader::argument(std::uint8_t info, std::uint64_t &out)
{
    if (info < 24) {
        out = info;
        return true;
    }
    if (info > 27)
        return fail("A length is not well-formed");
    return number(1u << (info - 24), out);
}

bool CborReader::chars(std::uint8_t major, std::uint8_t info, Value &out)
{
    std::uint64_t size = 0;
    std::string_view bytes;
    if (info != indefinite) {
        if (!argument(info, size) || !take(size, bytes))
            return false;
    } else {
        m_joined.clear();
        while (!takesBreak()) {
            std::uint8_t piece = 0;
            if (!byte(piece))
                return false;
            if (piece >> 5 != major || (piece & 31) == indefinite)
                return fail("A piece of a text is of another kind");
            if (!argument(piece & 31, size) || !take(size, bytes))
                return false;
            m_joined += bytes;
        }
        bytes = m_arena->copy(m_joined);
    }
    out = major == Text ? text(bytes) : Value::bytes(bytes);
    return true;
}

bool CborReader::container(std::uint8_t major, std::uint8_t info, std::size_t depth, Value &out)
{
    std::uint64_t count = 0;
    if (info != indefinite) {
        if (!argument(info, count))
            return false;
        return major == Array ? sequence(count, depth, out) : dict(count, depth, out);
    }
    if (!enter(depth))
        return false;
    const std::size_t first = major == Array ? m_items.size() : m_entries.size();
    while (!takesBreak()) {
        if (!(major == Array ? item(depth + 1) : entry(depth + 1)))
            return false;
    }
    out = major == Array ? sequenceFrom(first) : dictFrom(first);
    return true;
}

bool CborReader::tagged(std::uint64_t tag, std::size_t depth, Value &out)
{
    constexpr std::uint64_t positiveBig = 2;
    constexpr std::uint64_t negativeBig = 3;
    constexpr std::uint64_t set = 258;
    if (!enter(depth) || !value(out, depth + 1))
        return false;
    if ((tag == positiveBig || tag == negativeBig) && out.kind() == Value::Kind::Bytes)
        return bigInteger(out.chars(), tag == negativeBig, out);
    if (tag == set && out.kind() == Value::Kind::List) {
        // Equal members cannot come from a set; who sends them keeps them, which harms nobody.
        out = Value::sequence(Value::Kind::Set, out.items());
    }
    return true;
}

bool CborReader::simple(std::uint8_t info, Value &out)
{
    std::uint64_t bits = 0;
    switch (info) {
    case 20:
    case 21:
        out = Value::boolean(info == 21);
        return true;
    case 22: // null
    case 23: // undefined
        out = Value::none();
        return true;
    case 25:
        if (!number(2, bits))
            return false;
        out = Value::real(fromHalf(bits));
        return true;
    case 26:
        if (!number(4, bits))
            return false;
        out = Value::real(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))));
        return true;
    case 27:
        if (!number(8, bits))
            return false;
        out = Value::real(std::bit_cast<double>(bits));
        return true;
    case indefinite:
        return fail("Something ends that has not begun");
    default:
        if (!argument(info, bits))
            return false;
        if (info == 24 && bits < 32)
            return fail("A simple value is not well-formed");
        out = inert("cbor simple value " + std::to_string(bits), {});
        return true;
    }
}

bool CborReader::bigInteger(std::string_view magnitude, bool negative, Value &out)
{
    magnitude.remove_prefix(std::min(magnitude.find_first_not_of('\0'), magnitude.size()));
    // log2(10) bits a digit
    if (static_cast<double>(magnitude.size()) * 8 / 3.3219280948873623 > pickletext::maxIntegerDigits + 3) {
        out = inert("int of " + std::to_string(magnitude.size()) + " bytes: ", magnitude);
        return true;
    }
    std::string littleEndian(magnitude.rbegin(), magnitude.rend());
    littleEndian += '\0';
    if (negative) {
        for (char &c : littleEndian)
            c = static_cast<char>(~c);
    }
    const std::string digits = pickletext::decimal(littleEndian);
    std::int64_t small = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), small);
    out = error == std::errc() ? Value::integer(small) : Value::bigInteger(m_arena->copy(digits));
    return true;
}

bool CborReader::takesBreak()
{
    if (left() == 0 || static_cast<std::uint8_t>(m_message[m_at]) != breakCode)
        return false;
    ++m_at;
    return true;
}

} // namespace sluice
