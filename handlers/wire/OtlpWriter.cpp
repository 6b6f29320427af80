#include "wire/OtlpWriter.h"

#include "base/Utf8.h"
#include "format/Formatter.h"
#include "format/PythonText.h"
#include "record/Level.h"
#include "wire/Base64.h"
#include "wire/JsonWriter.h"

#include <algorithm>
#include <cmath>

namespace sluice {

namespace {

constexpr int maxDepth = 32;

void appendText(std::string_view text, std::string &out)
{
    // A collector refuses the whole request for one lone surrogate.
    if (utf8::isValid(text, utf8::Surrogates::Refuse))
        appendJson(Value::text(text), out);
    else
        appendJson(Value::text(utf8::sanitized(text)), out);
}

void appendAnyValue(const Value &value, int depth, std::string &out);

void appendKeyValue(std::string_view key, const Value &value, int depth, std::string &out)
{
    out += "{\"key\":";
    appendText(key, out);
    out += ",\"value\":";
    appendAnyValue(value, depth, out);
    out += '}';
}

std::string keyOf(const Value &key)
{
    std::string text;
    python::appendStr(text, key);
    return text;
}

void appendList(const Value &value, int depth, std::string &out)
{
    out += value.isDict() ? "{\"kvlistValue\":{\"values\":[" : "{\"arrayValue\":{\"values\":[";
    bool first = true;
    const auto separate = [&] {
        if (!first)
            out += ',';
        first = false;
    };
    for (const Value &item : value.items()) {
        separate();
        appendAnyValue(item, depth + 1, out);
    }
    for (const Field &field : value.entries()) {
        separate();
        appendKeyValue(keyOf(field.key), field.value, depth + 1, out);
    }
    out += "]}}";
}

void appendAnyValue(const Value &value, int depth, std::string &out)
{
    switch (value.kind()) {
    case Value::Kind::None:
        out += "{}";
        return;
    case Value::Kind::Bool:
        out += value.asBool() ? "{\"boolValue\":true}" : "{\"boolValue\":false}";
        return;
    case Value::Kind::Int:
        out += "{\"intValue\":\"" + std::to_string(value.asInt()) + "\"}";
        return;
    case Value::Kind::Float:
        out += "{\"doubleValue\":";
        // In the JSON of protocol buffers these are texts.
        if (std::isfinite(value.asReal()))
            appendJson(value, out);
        else
            out += std::isnan(value.asReal()) ? "\"NaN\"" : value.asReal() < 0 ? "\"-Infinity\"" : "\"Infinity\"";
        out += '}';
        return;
    case Value::Kind::Bytes:
        out += "{\"bytesValue\":\"" + base64(value.chars()) + "\"}";
        return;
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Set:
    case Value::Kind::FrozenSet:
    case Value::Kind::Dict:
        if (depth < maxDepth) {
            appendList(value, depth, out);
            return;
        }
        break;
    case Value::Kind::Text:
    case Value::Kind::BigInt:
    case Value::Kind::Inert:
        break;
    }
    out += "{\"stringValue\":";
    appendText(value.isText() ? std::string(value.chars()) : keyOf(value), out);
    out += '}';
}

struct Named
{
    Attribute attribute;
    std::string_view name;
};

constexpr Named names[] = {
    {Attribute::Pathname, "code.file.path"},    {Attribute::Lineno, "code.line.number"},
    {Attribute::FuncName, "code.function.name"}, {Attribute::Thread, "thread.id"},
    {Attribute::ThreadName, "thread.name"},      {Attribute::Process, "process.pid"},
    {Attribute::ExcText, "exception.stacktrace"}, {Attribute::StackInfo, "code.stacktrace"},
};

} // namespace

int otlpSeverity(int levelno)
{
    if (levelno < level::Debug)
        return levelno > 0 ? 1 : 0;
    const int band = std::min(levelno / 10, 5);
    return 1 + band * 4 + std::min(levelno - band * 10, 3);
}

void OtlpWriter::begin(std::string_view serviceName, std::string &out)
{
    m_out = &out;
    m_hasScope = false;
    out += "{\"resourceLogs\":[{\"resource\":{\"attributes\":[";
    appendKeyValue("service.name", Value::text(serviceName), 0, out);
    out += "]},\"scopeLogs\":[";
}

Status OtlpWriter::add(const LogRecord &record, Nanoseconds observed)
{
    m_message.clear();
    if (Status status = appendMessage(record, m_message); !status)
        return status;
    std::string &out = *m_out;
    if (!m_hasScope || m_scope != record.name()) {
        if (m_hasScope)
            out += "]},";
        m_scope = record.name();
        out += "{\"scope\":{\"name\":";
        appendText(m_scope, out);
        out += "},\"logRecords\":[";
        m_hasScope = true;
    } else {
        out += ',';
    }
    out += "{\"timeUnixNano\":\"" + std::to_string(record.created) + "\",\"observedTimeUnixNano\":\"" +
           std::to_string(observed) + "\",\"severityNumber\":" + std::to_string(otlpSeverity(record.levelno)) +
           ",\"severityText\":";
    appendText(record.levelname(), out);
    out += ",\"body\":{\"stringValue\":";
    appendText(m_message, out);
    out += "},\"attributes\":[";
    bool first = true;
    const auto attribute = [&](std::string_view name, const Value &value) {
        if (!first)
            out += ',';
        first = false;
        appendKeyValue(name, value, 0, out);
    };
    for (const Named &named : names) {
        if (const Value value = record[named.attribute]; value.truth())
            attribute(named.name, value);
    }
    for (const Field &field : record.extra)
        attribute(keyOf(field.key), field.value);
    out += "]}";
    return {};
}

void OtlpWriter::end()
{
    if (m_hasScope)
        *m_out += "]}";
    *m_out += "]}]}";
}

} // namespace sluice
