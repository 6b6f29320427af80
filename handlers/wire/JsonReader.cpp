#include "wire/JsonReader.h"

#include "base/Utf8.h"
#include "wire/NumberText.h"
#include "wire/PickleText.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace sluice {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

} // namespace

Result<Value> JsonReader::read(std::string_view json, Arena &arena)
{
    m_json = json;
    m_at = 0;
    m_arena = &arena;
    m_count = 0;
    m_items.clear();
    m_entries.clear();
    m_error.clear();
    if (!utf8::isValid(json)) {
        fail("The text is not UTF-8", 0);
        return Error{m_error};
    }
    Value result;
    skipSpace();
    if (!value(result, 0))
        return Error{m_error};
    skipSpace();
    if (m_at != m_json.size()) {
        fail("Extra data", m_at);
        return Error{m_error};
    }
    return result;
}

bool JsonReader::value(Value &out, std::size_t depth)
{
    if (m_at == m_json.size())
        return fail("Expecting value", m_at);
    if (++m_count > m_limits.maxValues)
        return fail("Too many values", m_at);
    switch (m_json[m_at]) {
    case '{':
        return object(out, depth);
    case '[':
        return array(out, depth);
    case '"':
        return string(out);
    case 'n':
        out = Value::none();
        return literal("null");
    case 't':
        out = Value::boolean(true);
        return literal("true");
    case 'f':
        out = Value::boolean(false);
        return literal("false");
    case 'N':
        out = Value::real(std::numeric_limits<double>::quiet_NaN());
        return literal("NaN");
    case 'I':
        out = Value::real(std::numeric_limits<double>::infinity());
        return literal("Infinity");
    default:
        return number(out);
    }
}

bool JsonReader::object(Value &out, std::size_t depth)
{
    if (depth >= m_limits.maxDepth)
        return fail("Nested too deeply", m_at);
    ++m_at;
    const std::size_t first = m_entries.size();
    skipSpace();
    if (!takes('}')) {
        for (;;) {
            Field entry;
            if (m_at == m_json.size() || m_json[m_at] != '"')
                return fail("Expecting property name enclosed in double quotes", m_at);
            if (!string(entry.key))
                return false;
            skipSpace();
            if (!takes(':'))
                return fail("Expecting ':' delimiter", m_at);
            skipSpace();
            if (!value(entry.value, depth + 1))
                return false;
            m_entries.push_back(entry);
            skipSpace();
            if (takes('}'))
                break;
            if (!takes(','))
                return fail("Expecting ',' delimiter", m_at);
            skipSpace();
        }
    }
    const std::size_t count = m_entries.size() - first;
    const std::span<Field> entries = m_arena->allocateArray<Field>(count);
    std::copy(m_entries.begin() + static_cast<std::ptrdiff_t>(first), m_entries.end(), entries.begin());
    m_entries.resize(first);
    out = Value::dict(entries.first(m_keys.uniteEntries(entries)));
    return true;
}

bool JsonReader::array(Value &out, std::size_t depth)
{
    if (depth >= m_limits.maxDepth)
        return fail("Nested too deeply", m_at);
    ++m_at;
    const std::size_t first = m_items.size();
    skipSpace();
    if (!takes(']')) {
        for (;;) {
            Value item;
            if (!value(item, depth + 1))
                return false;
            m_items.push_back(item);
            skipSpace();
            if (takes(']'))
                break;
            if (!takes(','))
                return fail("Expecting ',' delimiter", m_at);
            skipSpace();
        }
    }
    const std::size_t count = m_items.size() - first;
    const std::span<Value> items = m_arena->allocateArray<Value>(count);
    std::copy(m_items.begin() + static_cast<std::ptrdiff_t>(first), m_items.end(), items.begin());
    m_items.resize(first);
    out = Value::sequence(Value::Kind::List, items);
    return true;
}

bool JsonReader::string(Value &out)
{
    const std::size_t quote = m_at++;
    const std::size_t begin = m_at;
    bool escaped = false;
    m_unescaped.clear();
    std::size_t copied = begin;
    for (;; ++m_at) {
        if (m_at == m_json.size())
            return fail("Unterminated string", quote);
        const char c = m_json[m_at];
        if (c == '"')
            break;
        if (static_cast<unsigned char>(c) < 0x20)
            return fail("Invalid control character", m_at);
        if (c != '\\')
            continue;
        escaped = true;
        m_unescaped += m_json.substr(copied, m_at - copied);
        if (!escape(m_unescaped, quote))
            return false;
        copied = m_at + 1;
    }
    const std::string_view rest = m_json.substr(copied, m_at - copied);
    ++m_at;
    if (!escaped) {
        out = Value::text(rest);
        return true;
    }
    m_unescaped += rest;
    out = Value::text(m_arena->copy(m_unescaped));
    return true;
}

/// From the backslash to the last character of the escape.
bool JsonReader::escape(std::string &out, std::size_t quote)
{
    const std::size_t backslash = m_at;
    if (++m_at == m_json.size())
        return fail("Unterminated string", quote);
    switch (m_json[m_at]) {
    case '"':
    case '\\':
    case '/':
        out += m_json[m_at];
        return true;
    case 'b':
        out += '\b';
        return true;
    case 'f':
        out += '\f';
        return true;
    case 'n':
        out += '\n';
        return true;
    case 'r':
        out += '\r';
        return true;
    case 't':
        out += '\t';
        return true;
    case 'u':
        break;
    default:
        return fail("Invalid \\escape", backslash);
    }
    char32_t unit = 0;
    if (!codeUnit(unit))
        return fail("Invalid \\uXXXX escape", backslash);
    if (unit >= 0xD800 && unit <= 0xDBFF && m_json.substr(m_at + 1, 2) == "\\u") {
        const std::size_t high = m_at;
        char32_t low = 0;
        m_at += 2;
        if (codeUnit(low) && low >= 0xDC00 && low <= 0xDFFF)
            unit = 0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00));
        else
            m_at = high; // the next escape speaks for itself
    }
    utf8::append(out, unit);
    return true;
}

/// The four digits behind the 'u'; ends on the last of them.
bool JsonReader::codeUnit(char32_t &unit)
{
    if (m_json.size() - m_at < 5)
        return false;
    std::uint32_t number = 0;
    const char *const first = m_json.data() + m_at + 1;
    const auto [end, error] = std::from_chars(first, first + 4, number, 16);
    if (error != std::errc() || end != first + 4)
        return false;
    unit = number;
    m_at += 4;
    return true;
}

bool JsonReader::number(Value &out)
{
    const std::size_t begin = m_at;
    std::size_t at = m_at;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < m_json.size() && isDigit(m_json[at]))
            ++at;
        return at - from;
    };
    const auto is = [&](std::size_t i, char c) { return i < m_json.size() && m_json[i] == c; };

    if (is(at, '-')) {
        ++at;
        if (is(at, 'I')) {
            m_at = at;
            out = Value::real(-std::numeric_limits<double>::infinity());
            return literal("Infinity");
        }
    }
    if (is(at, '0'))
        ++at;
    else if (digits() == 0)
        return fail("Expecting value", begin);
    const std::size_t endOfInteger = at;

    bool real = false;
    if (is(at, '.')) {
        ++at;
        if (digits())
            real = true;
        else
            at = endOfInteger;
    }
    if (const std::size_t mark = at; is(at, 'e') || is(at, 'E')) {
        ++at;
        if (is(at, '+') || is(at, '-'))
            ++at;
        if (digits())
            real = true;
        else
            at = mark;
    }
    m_at = at;
    const std::string_view text = m_json.substr(begin, at - begin);
    if (real) {
        out = Value::real(floatFromText(text).value_or(0));
        return true;
    }
    std::int64_t small = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), small);
    if (error == std::errc()) {
        out = Value::integer(small);
        return true;
    }
    if (text.size() - (text.front() == '-') > pickletext::maxIntegerDigits)
        return fail("An integer has too many digits", begin);
    out = Value::bigInteger(text);
    return true;
}

bool JsonReader::literal(std::string_view word)
{
    if (m_json.substr(m_at, word.size()) != word)
        return fail("Expecting value", m_at);
    m_at += word.size();
    return true;
}

bool JsonReader::takes(char c)
{
    if (m_at == m_json.size() || m_json[m_at] != c)
        return false;
    ++m_at;
    return true;
}

void JsonReader::skipSpace()
{
    while (m_at < m_json.size() &&
           (m_json[m_at] == ' ' || m_json[m_at] == '\t' || m_json[m_at] == '\n' || m_json[m_at] == '\r'))
        ++m_at;
}

bool JsonReader::fail(std::string sentence, std::size_t at)
{
    m_error = std::move(sentence) + " at column " + std::to_string(at + 1) + ".";
    return false;
}

} // namespace sluice
