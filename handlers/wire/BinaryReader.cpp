#include "wire/BinaryReader.h"

#include "base/Utf8.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sluice {

namespace {

constexpr std::uint64_t greatest = std::numeric_limits<std::int64_t>::max();

/// One huge message must not hold its memory for ever.
template<typename T>
void empty(std::vector<T> &items)
{
    constexpr std::size_t keep = 16 * 1024;
    if (items.capacity() > keep)
        items = {};
    items.clear();
}

} // namespace

Result<Value> BinaryReader::read(std::string_view message, Arena &arena)
{
    m_message = message;
    m_at = 0;
    m_arena = &arena;
    m_count = 0;
    m_error.clear();
    empty(m_items);
    empty(m_entries);
    Value result;
    if (!value(result, 0))
        return Error{m_error};
    if (left()) {
        fail("Something follows the value");
        return Error{m_error};
    }
    return result;
}

bool BinaryReader::byte(std::uint8_t &out)
{
    if (left() == 0)
        return fail("The message ends too early");
    out = static_cast<std::uint8_t>(m_message[m_at++]);
    return true;
}

bool BinaryReader::number(unsigned bytes, std::uint64_t &out)
{
    std::string_view taken;
    if (!take(bytes, taken))
        return false;
    out = 0;
    for (const char c : taken)
        out = out << 8 | static_cast<unsigned char>(c);
    return true;
}

bool BinaryReader::take(std::uint64_t count, std::string_view &bytes)
{
    if (count > left())
        return fail("The message ends too early");
    bytes = m_message.substr(m_at, static_cast<std::size_t>(count));
    m_at += bytes.size();
    return true;
}

bool BinaryReader::enter(std::size_t depth)
{
    return depth < m_limits.maxDepth || fail("Nested too deeply");
}

bool BinaryReader::item(std::size_t depth)
{
    if (++m_count > m_limits.maxValues)
        return fail("Too many values");
    Value member;
    if (!value(member, depth))
        return false;
    m_items.push_back(member);
    return true;
}

bool BinaryReader::entry(std::size_t depth)
{
    if (++m_count > m_limits.maxValues)
        return fail("Too many values");
    Field field;
    if (!value(field.key, depth) || !value(field.value, depth))
        return false;
    m_entries.push_back(field);
    return true;
}

bool BinaryReader::sequence(std::uint64_t count, std::size_t depth, Value &out)
{
    if (!enter(depth))
        return false;
    // Each member takes a byte at least, so a count that cannot be is found out before memory is asked for.
    if (count > left())
        return fail("The message ends too early");
    const std::size_t first = m_items.size();
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!item(depth + 1))
            return false;
    }
    out = sequenceFrom(first);
    return true;
}

bool BinaryReader::dict(std::uint64_t count, std::size_t depth, Value &out)
{
    if (!enter(depth))
        return false;
    if (count > left() / 2)
        return fail("The message ends too early");
    const std::size_t first = m_entries.size();
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!entry(depth + 1))
            return false;
    }
    out = dictFrom(first);
    return true;
}

Value BinaryReader::sequenceFrom(std::size_t first)
{
    const std::span<Value> items = m_arena->allocateArray<Value>(m_items.size() - first);
    std::copy(m_items.begin() + static_cast<std::ptrdiff_t>(first), m_items.end(), items.begin());
    m_items.resize(first);
    return Value::sequence(Value::Kind::List, items);
}

Value BinaryReader::dictFrom(std::size_t first)
{
    const std::span<Field> entries = m_arena->allocateArray<Field>(m_entries.size() - first);
    std::copy(m_entries.begin() + static_cast<std::ptrdiff_t>(first), m_entries.end(), entries.begin());
    m_entries.resize(first);
    return Value::dict(entries.first(m_keys.uniteEntries(entries)));
}

Value BinaryReader::unsignedInteger(std::uint64_t number)
{
    if (number <= greatest)
        return Value::integer(static_cast<std::int64_t>(number));
    return Value::bigInteger(m_arena->copy(std::to_string(number)));
}

Value BinaryReader::negativeInteger(std::uint64_t number)
{
    if (number <= greatest)
        return Value::integer(-1 - static_cast<std::int64_t>(number));
    if (number == std::numeric_limits<std::uint64_t>::max())
        return Value::bigInteger("-18446744073709551616");
    return Value::bigInteger(m_arena->copy("-" + std::to_string(number + 1)));
}

Value BinaryReader::text(std::string_view bytes)
{
    return Value::text(utf8::isValid(bytes) ? bytes : m_arena->copy(utf8::sanitized(bytes)));
}

Value BinaryReader::inert(std::string before, std::string_view bytes)
{
    constexpr std::size_t shownBytes = 32;
    constexpr char digits[] = "0123456789abcdef";
    std::string description = "<" + std::move(before);
    for (const char c : bytes.substr(0, shownBytes)) {
        description += digits[static_cast<unsigned char>(c) >> 4];
        description += digits[static_cast<unsigned char>(c) & 15];
    }
    description += bytes.size() > shownBytes ? "…>" : ">";
    return Value::inert(m_arena->copy(description));
}

bool BinaryReader::fail(const char *sentence)
{
    m_error = std::string(sentence) + " at byte " + std::to_string(m_at) + ".";
    return false;
}

} // namespace sluice
