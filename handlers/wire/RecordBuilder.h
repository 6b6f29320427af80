#pragma once

#include "base/Arena.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "record/LogRecord.h"

#include <cstdint>
#include <vector>

namespace sluice {

/// One bit for each attribute, for sets of them.
constexpr std::uint32_t attributeBit(Attribute attribute) { return 1u << static_cast<unsigned>(attribute); }

/// Makes LogRecords of dictionaries as Python's logging.makeLogRecord does: what the dictionary says is kept
/// as it says it, of whatever type, and what is no attribute becomes an extra field, in order. `message` and
/// `asctime`, which a formatter may have left in the sender's record, are such fields too: Python overwrites
/// them when it formats.
///
/// makeLogRecord fills in what is missing from its own process, which would be a lie about a sender. Here:
/// levelno comes from levelname, else from a field `level`, else INFO; levelname from levelno; created is the
/// time of receipt; msecs and relativeCreated follow from created; name is "root"; msg is the field `message`
/// if there is one. Thread and process stay None.
/// https://docs.python.org/3/library/logging.html#logging.makeLogRecord
class RecordBuilder
{
public:
    /// Fills a fresh record (LogRecordBatch::add). Text and members of `dict` must live as long as the
    /// record; more goes into `arena`. Fails if it is no Dict.
    Status build(Value dict, LogRecord &record, Arena &arena, Nanoseconds received);

    /// Where a wire has no tuples, the arguments of a message come as a list, which Python would take for a single
    /// argument: makes them the tuple that they were.
    static void adoptArguments(LogRecord &record)
    {
        Value &args = record.attributes[static_cast<std::size_t>(Attribute::Args)];
        if (args.kind() == Value::Kind::List)
            args = Value::sequence(Value::Kind::Tuple, args.items());
    }

    /// Gives a record what it lacks; `given` has a bit for each Attribute that was set (attributeBit).
    static void complete(LogRecord &record, std::uint32_t given, Arena &arena, Nanoseconds received)
    {
        constexpr std::uint32_t needed = attributeBit(Attribute::Name) | attributeBit(Attribute::Msg) |
                                         attributeBit(Attribute::Levelname) |
                                         attributeBit(Attribute::Levelno) | attributeBit(Attribute::Created) |
                                         attributeBit(Attribute::Msecs) |
                                         attributeBit(Attribute::RelativeCreated);
        const auto &attributes = record.attributes;
        if ((given & needed) == needed && attributes[static_cast<std::size_t>(Attribute::Levelno)].isInt() &&
            attributes[static_cast<std::size_t>(Attribute::Created)].kind() == Value::Kind::Float)
            return;
        addMissing(record, given, arena, received);
    }

private:
    static void addMissing(LogRecord &record, std::uint32_t given, Arena &arena, Nanoseconds received);

    std::vector<Field> m_extra;
};

} // namespace sluice
