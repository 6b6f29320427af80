#include "wire/MessagePackReader.h"

#include <bit>

namespace sluice {

namespace {

constexpr std::int8_t timestampType = -1;

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes)
        number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

} // namespace

bool MessagePackReader::value(Value &out, std::size_t depth)
{
    std::uint8_t type = 0;
    std::uint64_t bits = 0;
    std::string_view bytes;
    if (!byte(type))
        return false;
    if (type < 0x80) {
        out = Value::integer(type);
        return true;
    }
    if (type < 0x90)
        return dict(type & 15, depth, out);
    if (type < 0xA0)
        return sequence(type & 15, depth, out);
    if (type < 0xC0) {
        if (!take(type & 31, bytes))
            return false;
        out = text(bytes);
        return true;
    }
    if (type >= 0xE0) {
        out = Value::integer(static_cast<std::int8_t>(type));
        return true;
    }
    switch (type) {
    case 0xC0:
        out = Value::none();
        return true;
    case 0xC2:
    case 0xC3:
        out = Value::boolean(type == 0xC3);
        return true;
    case 0xC4:
    case 0xC5:
    case 0xC6:
        return chars(1u << (type - 0xC4), false, out);
    case 0xC7:
    case 0xC8:
    case 0xC9:
        return number(1u << (type - 0xC7), bits) && extension(bits, out);
    case 0xCA:
        if (!number(4, bits))
            return false;
        out = Value::real(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))));
        return true;
    case 0xCB:
        if (!number(8, bits))
            return false;
        out = Value::real(std::bit_cast<double>(bits));
        return true;
    case 0xCC:
    case 0xCD:
    case 0xCE:
    case 0xCF:
        if (!number(1u << (type - 0xCC), bits))
            return false;
        out = unsignedInteger(bits);
        return true;
    case 0xD0:
    case 0xD1:
    case 0xD2:
    case 0xD3: {
        const unsigned size = 1u << (type - 0xD0);
        if (!number(size, bits))
            return false;
        const unsigned unused = 64 - 8 * size;
        out = Value::integer(static_cast<std::int64_t>(bits << unused) >> unused);
        return true;
    }
    case 0xD4:
    case 0xD5:
    case 0xD6:
    case 0xD7:
    case 0xD8:
        return extension(std::uint64_t{1} << (type - 0xD4), out);
    case 0xD9:
    case 0xDA:
    case 0xDB:
        return chars(1u << (type - 0xD9), true, out);
    case 0xDC:
    case 0xDD:
        return number(2u << (type - 0xDC), bits) && sequence(bits, depth, out);
    case 0xDE:
    case 0xDF:
        return number(2u << (type - 0xDE), bits) && dict(bits, depth, out);
    default:
        return fail("A byte begins no value");
    }
}

bool MessagePackReader::chars(unsigned lengthBytes, bool isText, Value &out)
{
    std::uint64_t size = 0;
    std::string_view bytes;
    if (!number(lengthBytes, size) || !take(size, bytes))
        return false;
    out = isText ? text(bytes) : Value::bytes(bytes);
    return true;
}

bool MessagePackReader::extension(std::uint64_t size, Value &out)
{
    std::uint8_t code = 0;
    std::string_view bytes;
    if (!byte(code) || !take(size, bytes))
        return false;
    const auto type = static_cast<std::int8_t>(code);
    if (type == timestampType && bytes.size() == 4) {
        out = Value::real(static_cast<double>(bigEndian(bytes)));
    } else if (type == timestampType && bytes.size() == 8) {
        const std::uint64_t both = bigEndian(bytes);
        const std::uint64_t seconds = both & 0x3FFFFFFFF;
        out = Value::real(static_cast<double>(seconds) + static_cast<double>(both >> 34) / 1e9);
    } else if (type == timestampType && bytes.size() == 12) {
        const auto seconds = static_cast<std::int64_t>(bigEndian(bytes.substr(4)));
        out = Value::real(static_cast<double>(seconds) + static_cast<double>(bigEndian(bytes.substr(0, 4))) / 1e9);
    } else {
        out = inert("msgpack type " + std::to_string(type) + ": ", bytes);
    }
    return true;
}

} // namespace sluice
