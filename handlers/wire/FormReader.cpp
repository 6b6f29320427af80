#include "wire/FormReader.h"

#include "base/Utf8.h"
#include "record/Attribute.h"
#include "wire/NumberText.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace sluice {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Value integerOr(const Value &text)
{
    const std::string_view chars = text.chars();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(chars.data(), chars.data() + chars.size(), number);
    return error == std::errc() && end == chars.data() + chars.size() ? Value::integer(number) : text;
}

/// As Python wrote it: an integer stays one.
Value numberOr(const Value &text)
{
    if (const Value integer = integerOr(text); integer.isInt())
        return integer;
    const auto number = floatFromText(text.chars());
    return number && std::isfinite(*number) ? Value::real(*number) : text;
}

/// What str() made of an attribute's value.
Value attributeFromText(Attribute attribute, const Value &text)
{
    switch (attribute) {
    case Attribute::Name:
    case Attribute::Msg:
    case Attribute::Levelname:
        return text;
    case Attribute::Created:
    case Attribute::Msecs:
    case Attribute::RelativeCreated:
        return text.chars() == "None" ? Value() : numberOr(text);
    case Attribute::Levelno:
    case Attribute::Lineno:
    case Attribute::Thread:
    case Attribute::Process:
        return text.chars() == "None" ? Value() : integerOr(text);
    default:
        return text.chars() == "None" ? Value() : text;
    }
}

} // namespace

Result<Value> FormReader::read(std::string_view form, Arena &arena)
{
    m_fields.clear();
    while (!form.empty()) {
        const std::size_t end = std::min(form.find('&'), form.size());
        const std::string_view part = form.substr(0, end);
        form.remove_prefix(std::min(end + 1, form.size()));
        if (part.empty())
            continue;
        if (m_fields.size() == maxFields)
            return Error{"The form has more than " + std::to_string(maxFields) + " fields."};
        const std::size_t equals = std::min(part.find('='), part.size());
        const Value name = decoded(part.substr(0, equals), arena);
        m_fields.push_back({name, decoded(part.substr(std::min(equals + 1, part.size())), arena)});
    }
    const std::span<Field> fields = arena.allocateArray<Field>(m_fields.size());
    std::ranges::copy(m_fields, fields.begin());
    return Value::dict(fields.first(m_keys.uniteEntries(fields)));
}

Value FormReader::decoded(std::string_view text, Arena &arena)
{
    m_text.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && text.size() - i > 2 && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            m_text += static_cast<char>(hexDigit(text[i + 1]) << 4 | hexDigit(text[i + 2]));
            i += 2;
        } else {
            m_text += c == '+' ? ' ' : c;
        }
    }
    return Value::text(arena.copy(utf8::isValid(m_text) ? m_text : utf8::sanitized(m_text)));
}

Value FormRecord::read(const Value &form, Arena &arena)
{
    m_fields.clear();
    std::optional<Value> message;
    for (const Field &field : form.entries()) {
        const auto attribute = attributeFromName(field.key.chars());
        if (attribute == Attribute::Args) {
            const std::string_view text = field.value.chars();
            if (text == "None")
                m_fields.push_back({field.key, Value()});
            else if (!text.empty() && text != "()")
                m_fields.push_back({Value::text("args_text"), field.value});
        } else {
            if (!attribute && field.key.chars() == "message")
                message = field.value;
            m_fields.push_back({field.key, attribute ? attributeFromText(*attribute, field.value) : field.value});
        }
    }
    if (message) {
        for (Field &field : m_fields) {
            if (field.key.chars() == "msg")
                field.value = *message;
        }
    }
    const std::span<Field> fields = arena.allocateArray<Field>(m_fields.size());
    std::ranges::copy(m_fields, fields.begin());
    return Value::dict(fields);
}

} // namespace sluice
