#pragma once

#include "record/LogRecord.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

/// A field that a format names, resolved once when the format is read.
struct FieldRef
{
    enum class Kind : std::uint8_t { Attribute, Message, Asctime, Extra };

    Kind kind = Kind::Extra;
    Attribute attribute = Attribute::Name;
    std::string name;
    /// Python's `defaults`: used where the record has no such field.
    std::optional<std::string> fallback;
};

/// Names and texts that stand in for fields which a record lacks.
using FieldDefaults = std::vector<std::pair<std::string, std::string>>;

/// What a format can name of one record: its `__dict__` once `message` and `asctime` have been computed.
/// Short-lived, made for one record.
struct RecordFields
{
    const LogRecord &record;
    std::string_view message;
    /// Only where the format uses the time.
    std::optional<std::string_view> asctime;

    std::optional<Value> find(const FieldRef &ref) const;

    /// Appends a field that is text already, which most are; false, and nothing, for all others.
    bool appendText(const FieldRef &ref, std::string &out) const
    {
        switch (ref.kind) {
        case FieldRef::Kind::Attribute: {
            const Value &value = record.attributes[static_cast<std::size_t>(ref.attribute)];
            if (!value.isText())
                return false;
            out += value.chars();
            return true;
        }
        case FieldRef::Kind::Message:
            out += message;
            return true;
        case FieldRef::Kind::Asctime:
            if (!asctime)
                return false;
            out += *asctime;
            return true;
        case FieldRef::Kind::Extra:
            break;
        }
        return false;
    }

    /// All of it, as the dictionary `defaults | record.__dict__` that Python would have. `storage` owns the
    /// entries.
    Value whole(const FieldDefaults &defaults, std::vector<Field> &storage) const;
};

FieldRef resolveField(std::string_view name, const FieldDefaults &defaults);

} // namespace sluice
