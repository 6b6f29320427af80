#pragma once

#include "record/LogRecordBatch.h"
#include "text/TextContext.h"
#include "text/TextLevel.h"
#include "wire/RecordBuilder.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

/// A record as a TextFormat fills it. Collects what was found; finish() gives it to the batch. Short-lived, made for one
/// record.
class TextRecord
{
public:
    TextRecord(std::string_view text, LogRecordBatch &batch, TextContext &context);

    TextContext &context() { return m_context; }
    Arena &arena() { return m_batch.arena(); }
    LogRecordBatch &batch() { return m_batch; }

    void set(Attribute attribute, Value value)
    {
        m_record->set(attribute, value);
        m_given |= attributeBit(attribute);
    }
    /// With its place in the text.
    void setText(Attribute attribute, std::string_view text)
    {
        set(attribute, Value::text(text));
        note(attributeName(attribute), text);
    }
    /// `word` is where it stands.
    void setLevel(TextLevel level, std::string_view word);
    void setTime(Nanoseconds time, std::string_view word);
    /// False if the zone has no such time.
    bool setTime(const TimeParts &parts, std::string_view word);
    bool hasTime() const { return m_time.has_value(); }
    bool has(Attribute attribute) const { return (m_given & attributeBit(attribute)) != 0; }
    /// `key` lives as long as the record.
    void addExtra(std::string_view key, Value value) { m_context.extra.push_back({Value::text(key), value}); }
    void addExtraText(std::string_view key, std::string_view text)
    {
        addExtra(key, Value::text(text));
        note(key, text);
    }

    /// A message and all lines behind it: `message` ends where the first line does, `whole` goes on from there. A traceback
    /// becomes exc_text, what CPython writes behind it stack_info.
    void setMessage(std::string_view message, std::string_view whole);
    /// The same where the message ended before the first line did.
    void setMessageBefore(std::string_view message, std::string_view further);

    /// Forgets all that was set and noted.
    void reset();
    /// Gives the record what it lacks.
    void finish();
    /// SyslogReader and others that add a record of their own have done so: it is finished as theirs.
    void replaceBy(LogRecord &record);
    LogRecord &record() { return *m_record; }

    void note(std::string_view name, std::string_view place)
    {
        if (m_context.fields) [[unlikely]]
            noteField(name, place);
    }

private:
    void noteField(std::string_view name, std::string_view place);

    std::string_view m_text;
    LogRecordBatch &m_batch;
    TextContext &m_context;
    LogRecord *m_record;
    std::uint32_t m_given = 0;
    std::optional<Nanoseconds> m_time;
    bool m_isComplete = false;
};

} // namespace sluice
