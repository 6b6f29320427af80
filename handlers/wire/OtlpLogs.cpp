#include "wire/OtlpLogs.h"

#include "base/Clock.h"
#include "record/Level.h"
#include "wire/Base64.h"
#include "wire/NumberText.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace sluice {

namespace {

Value member(const Value &dict, std::string_view key)
{
    for (const Field &field : dict.entries()) {
        if (field.key.chars() == key)
            return field.value;
    }
    return {};
}

/// 64-bit integers are texts in this JSON, but numbers are seen too.
std::optional<std::int64_t> integerOf(const Value &value)
{
    if (value.isInt())
        return value.asInt();
    const std::string_view text = value.chars();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!value.isText() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

Value bytesOf(const Value &base64, Arena &arena)
{
    const std::string_view text = base64.chars();
    const auto bytes = fromBase64(text);
    return bytes ? Value::bytes(arena.copy(*bytes)) : base64;
}

struct Name
{
    std::string_view otel;
    std::string_view python;
};

/// https://opentelemetry.io/docs/specs/semconv/registry/attributes/, the older names too.
constexpr std::array names = {
    Name{"code.file.path", "pathname"},     Name{"code.filepath", "pathname"},
    Name{"code.function.name", "funcName"}, Name{"code.function", "funcName"},
    Name{"code.line.number", "lineno"},     Name{"code.lineno", "lineno"},
    Name{"code.stacktrace", "stack_info"},  Name{"thread.id", "thread"},    Name{"thread.name", "threadName"},      Name{"process.pid", "process"},
    Name{"exception.stacktrace", "exc_text"},
};

std::string_view pythonName(std::string_view key)
{
    const auto found = std::ranges::find(names, key, &Name::otel);
    return found == names.end() ? key : found->python;
}

} // namespace

Status OtlpLogs::read(const Value &request, Arena &arena, const TakeRecord &record)
{
    const Value resourceLogs = member(request, "resourceLogs");
    if (!request.isDict() || (!resourceLogs.isSequence() && !resourceLogs.isNone()))
        return Error{"It is no request to export logs: there are no resourceLogs."};
    m_made = 0;
    for (const Value &one : resourceLogs.items()) {
        // Once for all its records: they share the values.
        m_fields.clear();
        if (!addAttributes(member(member(one, "resource"), "attributes"), arena))
            return Error{"A resource has more than " + std::to_string(maxFields) + " attributes."};
        m_resource = m_fields;
        for (const Value &scopeLogs : member(one, "scopeLogs").items()) {
            if (!readScope(scopeLogs, arena, record))
                return {};
        }
    }
    return {};
}

bool OtlpLogs::readScope(const Value &scopeLogs, Arena &arena, const TakeRecord &record)
{
    const Value name = member(member(scopeLogs, "scope"), "name");
    for (const Value &one : member(scopeLogs, "logRecords").items()) {
        if (!record(dictOf(one, name, arena)))
            return false;
    }
    return true;
}

Result<Value> OtlpLogs::dictOf(const Value &logRecord, const Value &scopeName, Arena &arena)
{
    if (!logRecord.isDict())
        return Error{"A log record is no object."};
    m_fields.clear();
    if (!scopeName.chars().empty())
        add("name", scopeName);
    add("msg", plainValue(member(logRecord, "body"), arena));
    addLevel(logRecord);
    auto time = integerOf(member(logRecord, "timeUnixNano"));
    if (!time.value_or(0))
        time = integerOf(member(logRecord, "observedTimeUnixNano"));
    if (time.value_or(0))
        add("created", Value::real(toSeconds(*time)));
    for (const auto &[key, field] : {Name{"traceId", "trace_id"}, Name{"spanId", "span_id"}, Name{"eventName", "event_name"}}) {
        if (const Value id = member(logRecord, key); !id.chars().empty())
            add(field, id);
    }
    if (!addAttributes(member(logRecord, "attributes"), arena))
        return Error{"A log record has more than " + std::to_string(maxFields) + " attributes."};
    addException(arena);
    for (const Field &field : m_resource) {
        if (field.key.chars() == "service.name")
            add("name", field.value);
        add(field.key.chars(), field.value);
    }
    m_made += m_fields.size();
    if (m_made > maxFieldsOfAll)
        return Error{"The request's records have too many attributes together."};
    const std::span<Field> fields = arena.allocateArray<Field>(m_fields.size());
    std::ranges::copy(m_fields, fields.begin());
    return Value::dict(fields);
}

bool OtlpLogs::addAttributes(const Value &attributes, Arena &arena)
{
    if (attributes.items().size() > maxFields)
        return false;
    for (const Value &attribute : attributes.items()) {
        const std::string_view key = member(attribute, "key").chars();
        // The body is formatted already.
        if (key != "args")
            add(pythonName(key), plainValue(member(attribute, "value"), arena));
    }
    return true;
}

/// What was said first stays.
void OtlpLogs::add(std::string_view key, Value value)
{
    if (!find(key))
        m_fields.push_back({Value::text(key), value});
}

const Field *OtlpLogs::find(std::string_view key) const
{
    const auto found = std::ranges::find_if(m_fields, [&](const Field &field) { return field.key.chars() == key; });
    return found == m_fields.end() ? nullptr : &*found;
}

void OtlpLogs::addException(Arena &arena)
{
    const auto textOf = [&](std::string_view key) {
        const Field *field = find(key);
        return field ? field->value.chars() : std::string_view();
    };
    const std::string_view type = textOf("exception.type");
    const std::string_view message = textOf("exception.message");
    if (find("exc_text") || (type.empty() && message.empty()))
        return;
    std::string text(type);
    if (!message.empty())
        text.append(type.empty() ? "" : ": ").append(message);
    add("exc_text", Value::text(arena.copy(text)));
}

/// What an AnyValue says. How deep it goes is bounded by the reader of the request.
Value OtlpLogs::plainValue(const Value &any, Arena &arena)
{
    if (!any.isDict() || any.entries().empty())
        return {};
    const std::string_view kind = any.entries()[0].key.chars();
    const Value &value = any.entries()[0].value;
    if (kind == "intValue") {
        const auto number = integerOf(value);
        return number ? Value::integer(*number) : value;
    }
    if (kind == "doubleValue" && value.isText()) {
        const auto number = floatFromText(value.chars()); // "NaN", "Infinity"
        return number ? Value::real(*number) : value;
    }
    if (kind == "bytesValue")
        return bytesOf(value, arena);
    if (kind == "kvlistValue")
        return plainDict(member(value, "values"), arena);
    if (kind != "arrayValue")
        return value;
    const Value values = member(value, "values");
    const std::span<Value> items = arena.allocateArray<Value>(values.items().size());
    std::ranges::transform(values.items(), items.begin(), [&](const Value &one) { return plainValue(one, arena); });
    return Value::sequence(Value::Kind::List, items);
}

Value OtlpLogs::plainDict(const Value &keyValues, Arena &arena)
{
    const auto items = keyValues.items();
    const std::span<Field> entries = arena.allocateArray<Field>(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        entries[i] = {Value::text(member(items[i], "key").chars()), plainValue(member(items[i], "value"), arena)};
    return Value::dict(entries.first(m_keys.uniteEntries(entries)));
}

void OtlpLogs::addLevel(const Value &logRecord)
{
    // Four numbers to each name, of which Python's levels take the first: INFO is 9, and 10 is a little more.
    constexpr std::int64_t perName = 4;
    constexpr std::int64_t mostSevere = 24;
    constexpr std::int64_t trace = 5;
    const Value text = member(logRecord, "severityText");
    const std::int64_t severity = integerOf(member(logRecord, "severityNumber")).value_or(0);
    std::optional<int> number;
    if (severity >= 1 && severity <= mostSevere) {
        const std::int64_t name = (severity - 1) / perName;
        number = static_cast<int>((name ? 10 * name : trace) + (severity - 1) % perName);
        add("levelno", Value::integer(*number));
    }
    if (text.chars().empty())
        return;
    // "WARN" is WARNING and "FATAL" is CRITICAL in Python; any other text is the sender's own.
    std::string upper(text.chars().substr(0, 32));
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    const auto known = levelNumber(upper);
    if (known && *known == number.value_or(*known)) {
        if (!number)
            add("levelno", Value::integer(*known));
    } else {
        add("levelname", text);
    }
}

} // namespace sluice
