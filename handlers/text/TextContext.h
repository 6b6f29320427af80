#pragma once

#include "base/Clock.h"
#include "record/Level.h"
#include "record/Value.h"
#include "text/TextField.h"
#include "text/TextZone.h"
#include "wire/JsonReader.h"
#include "wire/RecordBuilder.h"
#include "wire/SyslogReader.h"

#include <string>
#include <utility>
#include <vector>

namespace sluice {

/// What one thread needs to read text with a format: what the text does not say of itself, what the record above said, and
/// memory that is kept from record to record.
struct TextContext
{
    explicit TextContext(TextZone textZone = {}, Nanoseconds now = wallClock())
        : zone(std::move(textZone)), reference(now), lastTime(now)
    {
    }

    /// The zone of times that say none.
    TextZone zone;
    /// About when the text was written, the latest it may be: the time of receipt, or that of the file. It completes
    /// dates without a year, and clocks without a date.
    Nanoseconds reference;
    /// The time of the record above: a record that has none of its own was written then. Set it to `reference` where a
    /// text begins.
    Nanoseconds lastTime;

    /// What a record is that says no level, and no logger (empty: "root"). The name lives as long as the records.
    int defaultLevel = level::Info;
    std::string_view defaultName;

    /// If not null, the fields of the record are put there with their places in the text: for a preview.
    TextFields *fields = nullptr;

    // Kept from record to record; whoever reads, uses them.
    std::vector<Field> extra;
    std::string scratch;
    JsonReader json;
    SyslogReader syslog;
    RecordBuilder builder;
};

} // namespace sluice
