#pragma once

#include "base/Clock.h"
#include "record/Attribute.h"
#include "record/Value.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sluice {

class DeliveryTracker;

/// One logging event with all of Python's attributes, and its `extra` fields in their order.
///
/// A record does not own its text: it lives in the buffer of its LogRecordBatch, and a record is valid
/// as long as that batch. Attributes are Values, not strings and numbers, because Python lets any of
/// them be None or of another type, and writes them out so; `created` and `levelno` stand typed
/// as well, since every record is asked for them.
struct LogRecord
{
    /// Indexed by Attribute. Created stands here only as it came, if it came (an int is written out as one); use
    /// operator[].
    std::array<Value, attributeCount> attributes;

    /// Further fields (`extra=`), in the order received; keys are text.
    std::span<const Field> extra;

    Nanoseconds created = 0;
    int levelno = 0;

    /// Number of this record in `tracker`, if it has one.
    std::uint32_t trackerIndex = 0;
    DeliveryTracker *tracker = nullptr;

    Value operator[](Attribute attribute) const
    {
        const Value &kept = attributes[static_cast<std::size_t>(attribute)];
        if (attribute == Attribute::Created && kept.isNone())
            return Value::real(toSeconds(created));
        return kept;
    }

    /// Sets an attribute, and `created` and `levelno` with it. The value must outlive the record.
    void set(Attribute attribute, Value value);

    /// The text of an attribute; empty if it is no text.
    std::string_view text(Attribute attribute) const
    {
        return attributes[static_cast<std::size_t>(attribute)].chars();
    }
    std::string_view name() const { return text(Attribute::Name); }
    std::string_view levelname() const { return text(Attribute::Levelname); }

    /// An attribute or an extra field by Python's name.
    std::optional<Value> find(std::string_view key) const;
};

} // namespace sluice
