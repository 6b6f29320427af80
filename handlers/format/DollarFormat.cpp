#include "format/DollarFormat.h"

#include "base/Utf8.h"
#include "format/PythonText.h"

namespace sluice::python {

namespace {

bool beginsName(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continuesName(char c) { return beginsName(c) || (c >= '0' && c <= '9'); }

std::size_t nameEnd(std::string_view format, std::size_t at)
{
    if (at >= format.size() || !beginsName(format[at]))
        return at;
    while (at < format.size() && continuesName(format[at]))
        ++at;
    return at;
}

/// Where str.splitlines() ends a line, apart from "\r\n".
bool endsLine(char32_t c)
{
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// string.Template._invalid: the place of a "$", counted as Python does.
Error invalidPlaceholder(std::string_view format, std::size_t dollar)
{
    // Python looks at the text up to and with the "$": its last line is never empty.
    const std::string_view before = format.substr(0, dollar + 1);
    std::size_t line = 1;
    std::size_t column = 0;
    for (std::size_t at = 0; at < before.size();) {
        const char32_t c = utf8::next(before, at);
        ++column;
        if (c == '\r' && at < before.size() && before[at] == '\n')
            continue;
        if (endsLine(c)) {
            ++line;
            column = 0;
        }
    }
    return Error{"Invalid placeholder in string: line " + std::to_string(line) + ", col " +
                 std::to_string(column)};
}

} // namespace

bool nextDollarItem(std::string_view format, std::size_t &at, DollarItem &item)
{
    if (at >= format.size())
        return false;
    item = DollarItem();
    const std::size_t start = at;
    const std::size_t dollar = format.find('$', at);
    if (dollar == std::string_view::npos) {
        item.literal = format.substr(start);
        at = format.size();
        return true;
    }
    item.literal = format.substr(start, dollar - start);
    item.at = dollar;
    at = dollar + 1;
    if (at < format.size() && format[at] == '$') {
        item.literal = format.substr(start, at - start);
        ++at;
        return true;
    }
    const bool braced = at < format.size() && format[at] == '{';
    const std::size_t nameStart = at + braced;
    const std::size_t end = nameEnd(format, nameStart);
    if (end == nameStart || (braced && (end >= format.size() || format[end] != '}'))) {
        item.invalid = true;
        return true;
    }
    item.name = format.substr(nameStart, end - nameStart);
    at = end + braced;
    return true;
}

DollarTemplate::DollarTemplate(std::string format, const FieldDefaults &defaults)
    : m_format(std::move(format))
{
    DollarItem item;
    for (std::size_t at = 0; nextDollarItem(m_format, at, item);) {
        Piece &piece = m_pieces.emplace_back();
        piece.item = item;
        if (!item.name.empty())
            piece.field = resolveField(item.name, defaults);
    }
}

Status DollarTemplate::format(const RecordFields &fields, std::string &out) const
{
    for (const Piece &piece : m_pieces) {
        out += piece.item.literal;
        if (piece.item.invalid)
            return invalidPlaceholder(m_format, piece.item.at);
        if (piece.item.name.empty())
            continue;
        const auto value = fields.find(piece.field);
        if (!value)
            return Error{"Formatting field not found in record: " + textRepr(piece.field.name)};
        appendStr(out, *value);
    }
    return {};
}

} // namespace sluice::python
