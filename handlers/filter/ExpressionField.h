#pragma once

#include "record/Attribute.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What an expression names of a record.
struct ExpressionField
{
    enum class Kind : std::uint8_t {
        Level,
        Logger,
        Time,
        Message,
        Text, ///< message and exc_text
        Source,
        Attribute, ///< any other of LogRecord's
        Extra,
    };

    static constexpr std::size_t maxKeys = 32;

    Kind kind = Kind::Extra;
    sluice::Attribute attribute = sluice::Attribute::Msg;
    /// Of Extra, the way through dictionaries (and, by number, lists); empty: all extra fields.
    std::vector<std::string> keys;

    /// The field that a path of names means. Not empty.
    static ExpressionField fromPath(std::vector<std::string> path);

    /// As it is written in an expression.
    std::string print() const;

    bool operator==(const ExpressionField &) const = default;
};

/// A field that every record has, for completion and reference.
struct KnownField
{
    std::string_view name;
    ExpressionField::Kind kind;
    std::string_view help; ///< one line
};

/// The names in the language, in the order of their use to people.
std::span<const KnownField> knownFields();

/// Whether a field of that name is there in every record.
bool isKnownField(std::string_view name);

} // namespace sluice
