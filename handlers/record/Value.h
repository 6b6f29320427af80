#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sluice {

class Arena;
struct Field;

/// A plain value as Python's wires carry it: what an attribute of a LogRecord, an argument of a
/// message or an `extra` can be. 16 bytes, trivially copyable; text and members live in the
/// batch's buffer (an Arena, or the bytes as received) and are valid as long as the batch is.
class Value
{
public:
    enum class Kind : std::uint8_t {
        None,
        Bool,
        Int,
        /// An integer beyond 64 bits, as its decimal digits with sign.
        BigInt,
        Float,
        /// UTF-8; lone surrogates possible, see utf8::.
        Text,
        Bytes,
        List,
        Tuple,
        Set,
        FrozenSet,
        Dict,
        /// Something that was no plain value (an instance, a class, a function): the text says what
        /// it was, as "<datetime.datetime(…)>". It was neither imported nor called.
        Inert,
    };

    Value() : m_integer(0) {}

    static Value none() { return {}; }
    static Value boolean(bool value) { return Value(Kind::Bool, std::int64_t{value}); }
    static Value integer(std::int64_t value) { return Value(Kind::Int, value); }
    static Value real(double value)
    {
        Value v;
        v.m_kind = Kind::Float;
        v.m_real = value;
        return v;
    }
    static Value text(std::string_view text) { return Value(Kind::Text, text); }
    static Value bytes(std::string_view bytes) { return Value(Kind::Bytes, bytes); }
    static Value bigInteger(std::string_view digits) { return Value(Kind::BigInt, digits); }
    static Value inert(std::string_view description) { return Value(Kind::Inert, description); }
    /// `kind`: List, Tuple, Set or FrozenSet.
    static Value sequence(Kind kind, std::span<const Value> items);
    static Value dict(std::span<const Field> entries);

    Kind kind() const { return m_kind; }
    bool isNone() const { return m_kind == Kind::None; }
    bool isText() const { return m_kind == Kind::Text; }
    bool isInt() const { return m_kind == Kind::Int; }
    bool isNumber() const { return m_kind == Kind::Int || m_kind == Kind::Float || m_kind == Kind::Bool; }
    bool isSequence() const { return m_kind >= Kind::List && m_kind <= Kind::FrozenSet; }
    bool isDict() const { return m_kind == Kind::Dict; }

    /// The characters of Text, Bytes, BigInt and Inert; empty for all others.
    std::string_view chars() const
    {
        return hasChars() ? std::string_view(m_chars, m_size) : std::string_view();
    }
    bool asBool() const { return m_integer != 0; }
    /// Int and Bool as they are, Float truncated where it fits; else `otherwise`.
    std::int64_t asInt(std::int64_t otherwise = 0) const;
    /// Int, Bool and Float; else `otherwise`.
    double asReal(double otherwise = 0) const;
    /// Members of a sequence; empty for all others.
    std::span<const Value> items() const;
    /// Entries of a Dict, in their order; empty for all others.
    std::span<const Field> entries() const;

    /// Python's truth: None, False, 0, and what is empty are false.
    bool truth() const;

    /// A copy whose text and members live in `arena`.
    Value copyTo(Arena &arena) const;

    /// Same kind and same content (1 and 1.0 differ here, as they do when written out).
    bool operator==(const Value &other) const;

private:
    Value(Kind kind, std::int64_t value) : m_kind(kind), m_integer(value) {}
    Value(Kind kind, std::string_view chars)
        : m_kind(kind), m_size(static_cast<std::uint32_t>(chars.size())), m_chars(chars.data())
    {
    }
    bool hasChars() const
    {
        return m_kind == Kind::Text || m_kind == Kind::Bytes || m_kind == Kind::BigInt || m_kind == Kind::Inert;
    }

    Kind m_kind = Kind::None;
    std::uint32_t m_size = 0;
    union {
        std::int64_t m_integer;
        double m_real;
        const char *m_chars;
        const Value *m_items;
        const Field *m_entries;
    };
};

/// An entry of a Dict. Keys that were no text in Python keep their own kind.
struct Field
{
    Value key;
    Value value;

    bool operator==(const Field &) const = default;
};

} // namespace sluice
