#include "format/BraceFormat.h"

#include "base/Utf8.h"
#include "format/FormatSpec.h"
#include "format/PythonText.h"

#include <cstdio>
#include <limits>
#include <optional>

namespace sluice::python {

namespace {

/// CPython's parse_field: a field behind its "{", up to and with its "}".
void parseField(std::string_view format, std::size_t &at, BraceItem &item)
{
    const auto fail = [&](const char *error) {
        item.error = error;
        at = format.size();
    };
    const std::size_t start = at;
    char c = 0;
    for (bool inName = true; inName && at < format.size();) {
        c = format[at++];
        switch (c) {
        case '{':
            return fail("unexpected '{' in field name");
        case '[':
            while (at < format.size() && format[at] != ']')
                ++at;
            break;
        case '}':
        case ':':
        case '!':
            inName = false;
            break;
        default:
            break;
        }
    }
    if (c != '}' && c != ':' && c != '!')
        return fail("expected '}' before end of string");
    item.name = format.substr(start, at - 1 - start);
    if (c == '}')
        return;
    if (c == '!') {
        if (at >= format.size())
            return fail("end of string while looking for conversion specifier");
        item.conversion = utf8::next(format, at);
        if (at < format.size()) {
            c = format[at++];
            if (c == '}')
                return;
            if (c != ':')
                return fail("expected ':' after conversion specifier");
        }
    }
    const std::size_t specStart = at;
    for (int open = 1; at < format.size();) {
        c = format[at++];
        if (c == '{') {
            item.specHasFields = true;
            ++open;
        } else if (c == '}' && --open == 0) {
            item.spec = format.substr(specStart, at - 1 - specStart);
            return;
        }
    }
    fail("unmatched '{' in format spec");
}

/// CPython's get_integer: -1 for what is no number; nothing where it is too large.
std::optional<std::int64_t> indexFrom(std::string_view text)
{
    if (text.empty())
        return -1;
    std::int64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return -1;
        if (number > (std::numeric_limits<std::int64_t>::max() - (c - '0')) / 10)
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

constexpr const char *tooManyDigits = "Too many decimal digits in format string";

Error missing(const std::string &keyRepr)
{
    return Error{"Formatting field not found in record: " + keyRepr};
}

} // namespace

bool nextBraceItem(std::string_view format, std::size_t &at, BraceItem &item)
{
    if (at >= format.size())
        return false;
    item = BraceItem();
    const std::size_t start = at;
    at = format.find_first_of("{}", at);
    if (at == std::string_view::npos) {
        at = format.size();
        item.literal = format.substr(start);
        return true;
    }
    const char c = format[at++];
    const bool atEnd = at >= format.size();
    if (c == '}' && (atEnd || format[at] != '}')) {
        item.error = "Single '}' encountered in format string";
    } else if (c == '{' && atEnd) {
        item.error = "Single '{' encountered in format string";
    } else if (format[at] == c) {
        item.literal = format.substr(start, at - start);
        ++at;
        return true;
    }
    if (!item.error.empty()) {
        at = format.size();
        return true;
    }
    item.literal = format.substr(start, at - 1 - start);
    item.hasField = true;
    parseField(format, at, item);
    return true;
}

BraceTemplate::BraceTemplate(std::string format, const FieldDefaults &defaults)
    : m_format(std::move(format)), m_defaults(defaults)
{
    Numbering numbering = Numbering::Unknown;
    int next = 0;
    m_pieces = read(m_format, 2, numbering, next);
}

std::vector<BraceTemplate::Piece> BraceTemplate::read(std::string_view format, int depth,
                                                      Numbering &numbering, int &next) const
{
    std::vector<Piece> pieces;
    if (depth == 0) {
        pieces.emplace_back().item.error = "Max string recursion exceeded";
        return pieces;
    }
    BraceItem item;
    for (std::size_t at = 0; nextBraceItem(format, at, item);) {
        Piece &piece = pieces.emplace_back();
        piece.item = item;
        if (!item.error.empty() || !item.hasField)
            continue;
        readName(piece, numbering, next);
        if (item.specHasFields)
            piece.spec = read(item.spec, depth - 1, numbering, next);
    }
    return pieces;
}

void BraceTemplate::readName(Piece &piece, Numbering &numbering, int &next) const
{
    const std::string_view name = piece.item.name;
    const std::size_t end = std::min(name.find_first_of(".["), name.size());
    const std::string_view first = name.substr(0, end);
    std::optional<std::int64_t> index = indexFrom(first);
    if (!index) {
        piece.fieldError = tooManyDigits;
        return;
    }
    const bool automatic = first.empty();
    if (automatic || *index != -1) {
        if (numbering == Numbering::Unknown)
            numbering = automatic ? Numbering::Automatic : Numbering::Manual;
        if (automatic != (numbering == Numbering::Automatic)) {
            piece.fieldError =
                automatic ? "cannot switch from manual field specification to automatic field numbering"
                          : "cannot switch from automatic field numbering to manual field specification";
            return;
        }
        // A record's fields have names only.
        const std::string number = automatic ? std::to_string(next++) : std::to_string(*index);
        piece.fieldError = "Replacement index " + number + " out of range for positional args tuple";
        return;
    }
    piece.field = resolveField(first, m_defaults);
    readAccessors(piece, name.substr(end));
}

void BraceTemplate::readAccessors(Piece &piece, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        Accessor &accessor = piece.accessors.emplace_back();
        const char c = text[at++];
        std::size_t end = text.size();
        if (c == '.') {
            accessor.isAttribute = true;
            end = std::min(text.find_first_of(".[", at), text.size());
            accessor.name = text.substr(at, end - at);
            at = end;
        } else if (c == '[') {
            end = text.find(']', at);
            if (end == std::string_view::npos) {
                accessor.error = "Missing ']' in format string";
                return;
            }
            accessor.name = text.substr(at, end - at);
            at = end + 1;
            const auto index = indexFrom(accessor.name);
            if (!index) {
                accessor.error = tooManyDigits;
                return;
            }
            accessor.index = *index;
        } else {
            accessor.error = "Only '.' or '[' may follow ']' in format field specifier";
            return;
        }
        if (accessor.name.empty()) {
            accessor.error = "Empty attribute in format string";
            return;
        }
    }
}

Result<Value> BraceTemplate::access(const Value &value, const Accessor &accessor, std::string &storage)
{
    if (!accessor.error.empty())
        return Error{accessor.error};
    const std::string type(typeName(value));
    const std::string_view name = accessor.name;
    const bool isInteger =
        value.isInt() || value.kind() == Value::Kind::Bool || value.kind() == Value::Kind::BigInt;
    if (accessor.isAttribute) {
        if (isInteger && (name == "real" || name == "numerator"))
            return value.kind() == Value::Kind::Bool ? Value::integer(value.asInt()) : value;
        if (isInteger && (name == "imag" || name == "denominator"))
            return Value::integer(name == "denominator");
        if (value.kind() == Value::Kind::Float && (name == "real" || name == "imag"))
            return name == "real" ? value : Value::real(0);
        return Error{"'" + type + "' object has no attribute '" + std::string(name) + "'"};
    }
    const auto index = static_cast<std::size_t>(accessor.index);
    switch (value.kind()) {
    case Value::Kind::Dict:
        for (const Field &entry : value.entries()) {
            if (accessor.index < 0 ? entry.key.isText() && entry.key.chars() == name
                                   : entry.key.isInt() && entry.key.asInt() == accessor.index)
                return entry.value;
        }
        return missing(accessor.index < 0 ? textRepr(name) : std::to_string(accessor.index));
    case Value::Kind::List:
    case Value::Kind::Tuple:
        if (accessor.index < 0)
            return Error{type + " indices must be integers or slices, not str"};
        if (index >= value.items().size())
            return Error{type + " index out of range"};
        return value.items()[index];
    case Value::Kind::Bytes:
        if (accessor.index < 0)
            return Error{"byte indices must be integers or slices, not str"};
        if (index >= value.chars().size())
            return Error{"index out of range"};
        return Value::integer(static_cast<unsigned char>(value.chars()[index]));
    case Value::Kind::Text: {
        if (accessor.index < 0)
            return Error{"string indices must be integers, not 'str'"};
        std::size_t at = 0;
        for (std::size_t i = 0; i < index && at < value.chars().size(); ++i)
            utf8::next(value.chars(), at);
        if (at >= value.chars().size())
            return Error{"string index out of range"};
        std::string character;
        utf8::append(character, utf8::next(value.chars(), at));
        storage = std::move(character);
        return Value::text(storage);
    }
    default:
        return Error{"'" + type + "' object is not subscriptable"};
    }
}

Status BraceTemplate::formatField(const Piece &piece, const RecordFields &fields, std::string &out)
{
    if (!piece.fieldError.empty())
        return Error{piece.fieldError};
    const auto found = fields.find(piece.field);
    if (!found)
        return missing(textRepr(piece.field.name));
    Value value = *found;
    if (piece.accessors.empty() && piece.item.conversion == 0 && piece.item.spec.empty()) {
        appendStr(out, value);
        return {};
    }
    std::string character;
    for (const Accessor &accessor : piece.accessors) {
        auto member = access(value, accessor, character);
        if (!member)
            return member.error();
        value = *member;
    }
    std::string converted;
    switch (piece.item.conversion) {
    case 0:
        break;
    case 's':
        appendStr(converted, value);
        break;
    case 'r':
        appendRepr(converted, value);
        break;
    case 'a':
        appendAscii(converted, value);
        break;
    default: {
        char shown[40];
        const auto c = static_cast<unsigned>(piece.item.conversion);
        std::snprintf(shown, sizeof shown, c > 32 && c < 127 ? "%c" : "\\x%x", c);
        return Error{std::string("Unknown conversion specifier ") + shown};
    }
    }
    if (piece.item.conversion)
        value = Value::text(converted);
    if (!piece.item.specHasFields)
        return appendFormatted(out, value, piece.item.spec);
    std::string spec;
    if (Status status = format(piece.spec, fields, spec); !status)
        return status;
    return appendFormatted(out, value, spec);
}

Status BraceTemplate::format(const std::vector<Piece> &pieces, const RecordFields &fields, std::string &out)
{
    for (const Piece &piece : pieces) {
        out += piece.item.literal;
        if (!piece.item.error.empty())
            return Error{piece.item.error};
        if (!piece.item.hasField)
            continue;
        if (Status status = formatField(piece, fields, out); !status)
            return status;
    }
    return {};
}

Status BraceTemplate::format(const RecordFields &fields, std::string &out) const
{
    return format(m_pieces, fields, out);
}

} // namespace sluice::python
