#pragma once

#include "record/Value.h"
#include "text/TextRecord.h"

#include <string_view>

namespace sluice {

/// Makes a record of keys and values as structured loggers name them: "ts", "@timestamp", "severity", "lvl", "message",
/// "event", "logger_name", "caller", "stack_trace" and their like. For one record.
class RecordKeys
{
public:
    explicit RecordKeys(TextRecord &record) : m_record(record) {}

    /// Text must live as long as the record.
    void add(std::string_view key, const Value &value);
    /// Sets what depends on several keys. Whether anything was found that only a log has: a time, a level, a message.
    bool finish();

    /// What a key means; Extra for what it does not.
    enum class Meaning : unsigned char { Extra, Time, Level, Message, Logger, Exception, Caller, File, Line, Function, Thread, Process, Module };
    static Meaning meaningOf(std::string_view key);

private:
    void setLevel(const Value &value);
    bool setTime(const Value &value);
    void setCaller(std::string_view caller);

    TextRecord &m_record;
    Value m_level;
    Value m_message;
    std::string_view m_messageKey;
    bool m_hasLevel = false;
    bool m_hasMessage = false;
    bool m_hasPid = false;
    bool m_hasHost = false;
};

/// A time as a number of seconds, milliseconds, microseconds or nanoseconds since the epoch, told by its size; none if it is
/// no time of the years 1973 to 2260.
std::optional<Nanoseconds> timeOfNumber(const Value &number);

} // namespace sluice
