#include "record/LogRecord.h"

#include <algorithm>
#include <limits>

namespace sluice {

void LogRecord::set(Attribute attribute, Value value)
{
    attributes[static_cast<std::size_t>(attribute)] = value;
    if (attribute == Attribute::Created)
        created = toNanoseconds(value.asReal());
    else if (attribute == Attribute::Levelno)
        levelno = static_cast<int>(std::clamp<std::int64_t>(value.asInt(), std::numeric_limits<int>::min(),
                                                            std::numeric_limits<int>::max()));
}

std::optional<Value> LogRecord::find(std::string_view key) const
{
    if (const auto attribute = attributeFromName(key))
        return (*this)[*attribute];
    for (const Field &field : extra) {
        if (field.key.chars() == key)
            return field.value;
    }
    return std::nullopt;
}

} // namespace sluice
