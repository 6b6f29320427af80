#include "wire/ShortRepr.h"

#include "base/Utf8.h"
#include "wire/NumberText.h"

namespace sluice {

void ShortRepr::append(std::string_view text)
{
    if (m_full)
        return;
    if (m_text.size() + text.size() <= m_maxBytes) {
        m_text += text;
        return;
    }
    std::size_t take = m_maxBytes - m_text.size();
    while (take > 0 && (static_cast<unsigned char>(text[take]) & 0xC0) == 0x80)
        --take;
    m_text += text.substr(0, take);
    m_text += "\u2026";
    m_full = true;
}

void ShortRepr::append(const Value &value)
{
    if (m_full)
        return;
    switch (value.kind()) {
    case Value::Kind::None:
        append("None");
        break;
    case Value::Kind::Bool:
        append(value.asBool() ? "True" : "False");
        break;
    case Value::Kind::Int:
        append(std::to_string(value.asInt()));
        break;
    case Value::Kind::Float: {
        std::string digits;
        appendFloatRepr(value.asReal(), digits);
        append(digits);
        break;
    }
    case Value::Kind::BigInt:
    case Value::Kind::Inert:
        append(value.chars());
        break;
    case Value::Kind::Text:
        appendQuoted(value.chars(), false);
        break;
    case Value::Kind::Bytes:
        append("b");
        appendQuoted(value.chars(), true);
        break;
    case Value::Kind::List:
        append("[");
        appendItems(value.items());
        append("]");
        break;
    case Value::Kind::Tuple:
        append("(");
        appendItems(value.items());
        append(value.items().size() == 1 ? ",)" : ")");
        break;
    case Value::Kind::Set:
        append(value.items().empty() ? "set(" : "{");
        appendItems(value.items());
        append(value.items().empty() ? ")" : "}");
        break;
    case Value::Kind::FrozenSet:
        append(value.items().empty() ? "frozenset(" : "frozenset({");
        appendItems(value.items());
        append(value.items().empty() ? ")" : "})");
        break;
    case Value::Kind::Dict:
        appendEntries(value.entries());
        break;
    }
}

void ShortRepr::appendItems(std::span<const Value> items)
{
    bool first = true;
    for (const Value &item : items) {
        if (m_full)
            return;
        if (!first)
            append(", ");
        first = false;
        append(item);
    }
}

void ShortRepr::appendEntries(std::span<const Field> entries)
{
    append("{");
    bool first = true;
    for (const Field &field : entries) {
        if (m_full)
            return;
        if (!first)
            append(", ");
        first = false;
        append(field.key);
        append(": ");
        append(field.value);
    }
    append("}");
}

void ShortRepr::appendQuoted(std::string_view chars, bool bytes)
{
    constexpr char hex[] = "0123456789abcdef";
    const bool hasSingle = chars.find('\'') != std::string_view::npos;
    const char quote = hasSingle && chars.find('"') == std::string_view::npos ? '"' : '\'';
    append(std::string_view(&quote, 1));
    for (std::size_t at = 0; at < chars.size() && !m_full;) {
        const std::size_t begin = at;
        const char32_t c = bytes ? static_cast<unsigned char>(chars[at++]) : utf8::next(chars, at);
        std::string piece;
        if (c == static_cast<char32_t>(quote) || c == '\\')
            piece = {'\\', static_cast<char>(c)};
        else if (c == '\n')
            piece = "\\n";
        else if (c == '\r')
            piece = "\\r";
        else if (c == '\t')
            piece = "\\t";
        else if (c < 0x20 || c == 0x7F || (c >= 0x80 && (bytes || c < 0xA0)))
            piece = {'\\', 'x', hex[c >> 4 & 15], hex[c & 15]};
        else if (utf8::isSurrogate(c))
            piece = {'\\', 'u', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15]};
        else
            piece = chars.substr(begin, at - begin);
        append(piece);
    }
    append(std::string_view(&quote, 1));
}

} // namespace sluice
