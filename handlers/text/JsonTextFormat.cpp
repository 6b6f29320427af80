#include "text/JsonTextFormat.h"

#include "text/RecordKeys.h"
#include "text/TextRecord.h"

namespace sluice {

namespace {

bool has(const Value &dict, std::string_view key)
{
    for (const Field &field : dict.entries()) {
        if (field.key.chars() == key)
            return true;
    }
    return false;
}

/// What logging.makeLogRecord would take: no logger of others writes a `levelno`, or a message and its arguments.
bool isPythonRecord(const Value &dict) { return has(dict, "levelno") || (has(dict, "msg") && has(dict, "args")); }

} // namespace

JsonTextFormat::JsonTextFormat() : TextFormat("json", "JSON, one object a line")
{
    m_head.addText("{");
    m_weight = 8;
}

bool JsonTextFormat::read(std::string_view first, std::string_view whole, TextRecord &record) const
{
    TextContext &context = record.context();
    const auto dict = context.json.read(whole.size() == first.size() ? first : whole, record.arena());
    if (!dict || !dict->isDict() || dict->entries().empty())
        return false;
    if (isPythonRecord(*dict)) {
        LogRecord &made = record.record();
        if (!context.builder.build(*dict, made, record.arena(), context.lastTime))
            return false;
        record.replaceBy(made);
        for (const Field &field : dict->entries())
            record.note(field.key.chars(), field.value.chars());
        return true;
    }
    RecordKeys keys(record);
    for (const Field &field : dict->entries())
        keys.add(field.key.chars(), field.value);
    keys.finish();
    return true;
}

} // namespace sluice
