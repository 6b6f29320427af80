#include "wire/PickleShapes.h"

#include "wire/PickleText.h"
#include "wire/ShortRepr.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace sluice::pickleshapes {

namespace {

constexpr std::string_view globalPrefix = "<global ";

using Items = std::span<const Value>;

/// The path of a Global's value; empty for any other.
std::string_view pathOf(const Value &value)
{
    const std::string_view text = value.chars();
    if (value.kind() != Value::Kind::Inert || !text.starts_with(globalPrefix) || !text.ends_with('>'))
        return {};
    return text.substr(globalPrefix.size(), text.size() - globalPrefix.size() - 1);
}

/// The path without the modules that need no saying, under the names of Python 3.
std::string_view plainName(std::string_view path)
{
    for (const std::string_view module : {"builtins.", "__builtin__.", "exceptions."}) {
        if (path.starts_with(module))
            return path.substr(module.size());
    }
    return path;
}

bool isBuiltin(std::string_view path)
{
    return path.starts_with("builtins.") || path.starts_with("__builtin__.");
}

std::optional<Value> latin1Bytes(const Value &text, Arena &arena)
{
    if (!text.isText())
        return std::nullopt;
    const auto bytes = pickletext::toLatin1(text.chars());
    if (!bytes)
        return std::nullopt;
    return Value::bytes(arena.copy(*bytes));
}

bool isLatin1(const Value &value)
{
    return value.isText() && (value.chars() == "latin1" || value.chars() == "latin-1");
}

Value uniteMembers(Value::Kind kind, Items items, Arena &arena, UniqueKeys &keys)
{
    std::span<Value> copy = arena.allocateArray<Value>(items.size());
    std::ranges::copy(items, copy.begin());
    return Value::sequence(kind, copy.first(keys.uniteMembers(copy)));
}

/// What a builtin type makes of its arguments, where that is plain.
std::optional<Value> builtin(std::string_view name, Items args, Arena &arena, UniqueKeys &keys)
{
    using Kind = Value::Kind;
    if (args.empty()) {
        if (name == "bytes" || name == "bytearray")
            return Value::bytes({});
        if (name == "str" || name == "unicode")
            return Value::text({});
        if (name == "list")
            return Value::sequence(Kind::List, {});
        if (name == "tuple")
            return Value::sequence(Kind::Tuple, {});
        if (name == "set")
            return Value::sequence(Kind::Set, {});
        if (name == "frozenset")
            return Value::sequence(Kind::FrozenSet, {});
        if (name == "dict")
            return Value::dict({});
        return std::nullopt;
    }
    const Value &first = args[0];
    if (name == "bytearray" && args.size() == 2 && isLatin1(args[1]))
        return latin1Bytes(first, arena);
    if (name == "complex" && args.size() == 2 && first.isNumber() && args[1].isNumber()) {
        ShortRepr text(100);
        text.append("(");
        text.append(first);
        text.append(args[1].asReal() < 0 ? "" : "+");
        text.append(args[1]);
        text.append("j)");
        return Value::inert(arena.copy(text.text()));
    }
    if (args.size() != 1)
        return std::nullopt;
    if ((name == "bytes" || name == "bytearray") && first.kind() == Kind::Bytes)
        return first;
    if ((name == "str" || name == "unicode") && first.isText())
        return first;
    if ((name == "int" || name == "long") && (first.isInt() || first.kind() == Kind::BigInt))
        return first;
    if (name == "float" && first.kind() == Kind::Float)
        return first;
    if (name == "bool" && first.kind() == Kind::Bool)
        return first;
    if (name == "dict" && first.isDict())
        return first;
    if (!first.isSequence())
        return std::nullopt;
    if (name == "list")
        return Value::sequence(Kind::List, first.items());
    if (name == "tuple")
        return Value::sequence(Kind::Tuple, first.items());
    if (name == "set")
        return uniteMembers(Kind::Set, first.items(), arena, keys);
    if (name == "frozenset")
        return uniteMembers(Kind::FrozenSet, first.items(), arena, keys);
    return std::nullopt;
}

/// collections' containers as the plain ones they extend.
std::optional<Value> container(std::string_view path, const Call &call)
{
    if (path == "collections.deque")
        return Value::sequence(Value::Kind::List, call.items ? call.items->items() : Items());
    if (path == "collections.OrderedDict" || path == "collections.defaultdict" ||
        path == "collections.Counter") {
        if (call.entries)
            return *call.entries;
        // Python 2 and protocols 0 and 1 give the entries as arguments.
        for (const Value &argument : call.arguments.items()) {
            if (argument.isDict())
                return argument;
        }
        const Items args = call.arguments.items();
        if (args.size() != 1 || !args[0].isSequence())
            return Value::dict({});
    }
    return std::nullopt;
}

unsigned byteAt(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// datetime's packed state, written as its repr: "datetime.datetime(2026, 1, 31, 12, 0)".
bool appendDateTime(std::string_view path, Items args, ShortRepr &out)
{
    if (args.empty() || args.size() > 2 || args[0].kind() != Value::Kind::Bytes)
        return false;
    const std::string_view state = args[0].chars();
    std::array<unsigned, 7> fields{};
    std::size_t count = 0;
    std::size_t at = 0;
    std::size_t least = 0;
    if (path == "datetime.datetime" && state.size() == 10) {
        fields = {byteAt(state, 0) << 8 | byteAt(state, 1),
                  byteAt(state, 2) & 0x7F,
                  byteAt(state, 3),
                  byteAt(state, 4),
                  byteAt(state, 5),
                  byteAt(state, 6)};
        count = 7;
        at = 7;
        least = 5;
    } else if (path == "datetime.time" && state.size() == 6) {
        fields = {byteAt(state, 0) & 0x7F, byteAt(state, 1), byteAt(state, 2)};
        count = 4;
        at = 3;
        least = 2;
    } else if (path == "datetime.date" && state.size() == 4 && args.size() == 1) {
        fields = {byteAt(state, 0) << 8 | byteAt(state, 1), byteAt(state, 2), byteAt(state, 3)};
        count = 3;
        least = 3;
    } else {
        return false;
    }
    if (at)
        fields[count - 1] = byteAt(state, at) << 16 | byteAt(state, at + 1) << 8 | byteAt(state, at + 2);
    while (count > least && fields[count - 1] == 0)
        --count;
    out.append(path);
    out.append("(");
    for (std::size_t i = 0; i < count; ++i)
        out.append((i ? ", " : "") + std::to_string(fields[i]));
    if (args.size() == 2) {
        out.append(", tzinfo=");
        out.append(args[1]);
    }
    out.append(")");
    return true;
}

__extension__ typedef unsigned __int128 Bits128;

/// The canonical form of a UUID's number, from its decimal digits.
std::optional<std::string> uuidText(const Value &number)
{
    Bits128 bits = 0;
    if (number.isInt()) {
        bits = static_cast<Bits128>(number.asInt());
    } else if (number.kind() == Value::Kind::BigInt && number.chars().size() <= 39) {
        for (const char c : number.chars()) {
            if (c < '0' || c > '9')
                return std::nullopt;
            bits = bits * 10 + static_cast<unsigned>(c - '0');
        }
    } else {
        return std::nullopt;
    }
    std::string text;
    for (int digit = 31; digit >= 0; --digit) {
        text += "0123456789abcdef"[static_cast<unsigned>(bits >> 4 * digit) & 15];
        if (digit == 24 || digit == 20 || digit == 16 || digit == 12)
            text += '-';
    }
    return text;
}

bool appendUuid(std::string_view path, const Call &call, ShortRepr &out)
{
    if (path != "uuid.UUID" || !call.state)
        return false;
    for (const Field &field : call.state->entries()) {
        if (field.key.chars() != "int")
            continue;
        const auto text = uuidText(field.value);
        if (!text)
            return false;
        out.append("uuid.UUID('" + *text + "')");
        return true;
    }
    return false;
}

/// pathlib keeps the parts of a path; people read the whole.
bool appendPath(std::string_view path, Items args, ShortRepr &out)
{
    if (!path.starts_with("pathlib.") || args.empty() ||
        !std::ranges::all_of(args, [](const Value &part) { return part.isText(); }))
        return false;
    const char separator = path.find("Windows") == std::string_view::npos ? '/' : '\\';
    std::string whole;
    for (const Value &part : args) {
        if (!whole.empty() && whole.back() != separator)
            whole += separator;
        whole += part.chars();
        if (whole.size() > 4096)
            break;
    }
    out.append(path);
    out.append("(");
    out.append(Value::text(whole));
    out.append(")");
    return true;
}

void appendCall(std::string_view name, Items args, const Call &call, bool showsEmptyArguments, ShortRepr &out)
{
    out.append(name);
    const bool hasKeywords = call.keywords.isDict() && !call.keywords.entries().empty();
    if (showsEmptyArguments || !args.empty() || hasKeywords) {
        out.append("(");
        out.appendItems(args);
        bool first = args.empty();
        for (const Field &keyword : call.keywords.entries()) {
            if (!first)
                out.append(", ");
            first = false;
            out.append(keyword.key.chars());
            out.append("=");
            out.append(keyword.value);
        }
        out.append(")");
    }
    for (const std::optional<Value> &more : {call.items, call.entries, call.state}) {
        if (more && !more->isNone()) {
            out.append(" ");
            out.append(*more);
        }
    }
}

} // namespace

Value global(std::string_view path, Arena &arena)
{
    return Value::inert(arena.copy(std::string(globalPrefix) + std::string(path) + ">"));
}

Value result(const Call &call, Arena &arena, UniqueKeys &keys, std::size_t maxBytes)
{
    std::string_view path = pathOf(call.callable);
    Items args = call.arguments.items();
    const bool untouched = !call.state && !call.items && !call.entries;
    bool showsEmptyArguments = !call.state && !call.items && !call.entries;

    // How protocols 0 to 2 spell object.__new__(cls, ...) and cls.__new__(cls, ...).
    if ((path == "copyreg._reconstructor" || path == "copy_reg._reconstructor") && args.size() == 3) {
        path = pathOf(args[0]);
        args = args[2].isNone() ? Items() : args.subspan(2);
        showsEmptyArguments = false;
    } else if ((path == "copyreg.__newobj__" || path == "copy_reg.__newobj__") && !args.empty()) {
        path = pathOf(args[0]);
        args = args.subspan(1);
    }

    if (untouched && path == "_codecs.encode" && args.size() == 2 && isLatin1(args[1])) {
        if (const auto bytes = latin1Bytes(args[0], arena))
            return *bytes;
    }
    if (untouched && call.keywords.isNone() && isBuiltin(path)) {
        if (const auto value = builtin(plainName(path), args, arena, keys))
            return *value;
    }
    // How an enumeration's members and nested classes are found by name.
    if (untouched && isBuiltin(path) && plainName(path) == "getattr" && args.size() == 2 &&
        args[1].isText()) {
        if (const std::string_view owner = pathOf(args[0]); !owner.empty()) {
            ShortRepr member(maxBytes);
            member.append(owner);
            member.append(".");
            member.append(args[1].chars());
            return global(member.text(), arena);
        }
    }
    if (const auto value = container(path, call))
        return *value;

    ShortRepr out(maxBytes);
    out.append("<");
    if (path.empty()) {
        out.append(call.callable);
        appendCall("", args, call, showsEmptyArguments, out);
    } else if (!appendUuid(path, call, out) && !appendPath(path, args, out) &&
               !(untouched && appendDateTime(path, args, out))) {
        appendCall(plainName(path), args, call, showsEmptyArguments, out);
    }
    if (out.full())
        return Value::inert(arena.copy(out.text() + ">"));
    out.append(">");
    return Value::inert(arena.copy(out.text()));
}

} // namespace sluice::pickleshapes
