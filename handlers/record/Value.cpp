#include "record/Value.h"

#include "base/Arena.h"

#include <algorithm>

namespace sluice {

Value Value::sequence(Kind kind, std::span<const Value> items)
{
    Value v;
    v.m_kind = kind;
    v.m_size = static_cast<std::uint32_t>(items.size());
    v.m_items = items.data();
    return v;
}

Value Value::dict(std::span<const Field> entries)
{
    Value v;
    v.m_kind = Kind::Dict;
    v.m_size = static_cast<std::uint32_t>(entries.size());
    v.m_entries = entries.data();
    return v;
}

std::int64_t Value::asInt(std::int64_t otherwise) const
{
    switch (m_kind) {
    case Kind::Bool:
    case Kind::Int: return m_integer;
    case Kind::Float:
        // 2^63 is exact as a double; NaN fails both comparisons.
        if (m_real >= -9223372036854775808.0 && m_real < 9223372036854775808.0)
            return static_cast<std::int64_t>(m_real);
        return otherwise;
    default: return otherwise;
    }
}

double Value::asReal(double otherwise) const
{
    switch (m_kind) {
    case Kind::Bool:
    case Kind::Int: return static_cast<double>(m_integer);
    case Kind::Float: return m_real;
    default: return otherwise;
    }
}

std::span<const Value> Value::items() const
{
    return isSequence() ? std::span<const Value>(m_items, m_size) : std::span<const Value>();
}

std::span<const Field> Value::entries() const
{
    return isDict() ? std::span<const Field>(m_entries, m_size) : std::span<const Field>();
}

bool Value::truth() const
{
    switch (m_kind) {
    case Kind::None: return false;
    case Kind::Bool:
    case Kind::Int: return m_integer != 0;
    case Kind::Float: return m_real != 0;
    case Kind::BigInt:
    case Kind::Inert: return true;
    default: return m_size != 0;
    }
}

Value Value::copyTo(Arena &arena) const
{
    if (hasChars())
        return Value(m_kind, arena.copy(chars()));
    if (isSequence()) {
        const std::span<Value> copies = arena.allocateArray<Value>(m_size);
        std::ranges::transform(items(), copies.begin(), [&](const Value &v) { return v.copyTo(arena); });
        return sequence(m_kind, copies);
    }
    if (isDict()) {
        const std::span<Field> copies = arena.allocateArray<Field>(m_size);
        std::ranges::transform(entries(), copies.begin(), [&](const Field &f) {
            return Field{f.key.copyTo(arena), f.value.copyTo(arena)};
        });
        return dict(copies);
    }
    return *this;
}

bool Value::operator==(const Value &other) const
{
    if (m_kind != other.m_kind)
        return false;
    if (hasChars())
        return chars() == other.chars();
    if (isSequence())
        return std::ranges::equal(items(), other.items());
    if (isDict())
        return std::ranges::equal(entries(), other.entries());
    return m_kind == Kind::Float ? m_real == other.m_real : m_integer == other.m_integer;
}

} // namespace sluice
