#include "format/RecordFields.h"

#include <algorithm>

namespace sluice {

std::optional<Value> RecordFields::find(const FieldRef &ref) const
{
    switch (ref.kind) {
    case FieldRef::Kind::Attribute:
        return record[ref.attribute];
    case FieldRef::Kind::Message:
        return Value::text(message);
    case FieldRef::Kind::Asctime:
        if (asctime)
            return Value::text(*asctime);
        break;
    case FieldRef::Kind::Extra:
        break;
    }
    for (const Field &field : record.extra) {
        if (field.key.chars() == ref.name)
            return field.value;
    }
    if (ref.fallback)
        return Value::text(*ref.fallback);
    return std::nullopt;
}

Value RecordFields::whole(const FieldDefaults &defaults, std::vector<Field> &storage) const
{
    storage.clear();
    for (const auto &[key, text] : defaults)
        storage.push_back({Value::text(key), Value::text(text)});
    const auto add = [&](std::string_view key, const Value &value) {
        const auto found =
            std::ranges::find(storage, key, [](const Field &field) { return field.key.chars(); });
        if (found == storage.end())
            storage.push_back({Value::text(key), value});
        else
            found->value = value;
    };
    for (std::size_t i = 0; i < attributeCount; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        const Value value = record[attribute];
        if (attribute != Attribute::TaskName || !value.isNone())
            add(attributeName(attribute), value);
    }
    for (const Field &field : record.extra)
        add(field.key.chars(), field.value);
    add("message", Value::text(message));
    if (asctime)
        add("asctime", Value::text(*asctime));
    return Value::dict(storage);
}

FieldRef resolveField(std::string_view name, const FieldDefaults &defaults)
{
    FieldRef ref;
    ref.name = name;
    if (name == "message") {
        ref.kind = FieldRef::Kind::Message;
    } else if (name == "asctime") {
        ref.kind = FieldRef::Kind::Asctime;
    } else if (const auto attribute = attributeFromName(name)) {
        ref.kind = FieldRef::Kind::Attribute;
        ref.attribute = *attribute;
    }
    for (const auto &[key, text] : defaults) {
        if (key == name)
            ref.fallback = text;
    }
    return ref;
}

} // namespace sluice
