#include "filter/ExpressionField.h"

#include "filter/ExpressionText.h"

#include <algorithm>

namespace sluice {

namespace {

using Kind = ExpressionField::Kind;

constexpr KnownField fields[] = {
    {"level", Kind::Level, "the level, by name or number"},
    {"logger", Kind::Logger, "the logger's name; with `in`, its children too"},
    {"time", Kind::Time, "when it was logged"},
    {"message", Kind::Message, "the message, its arguments merged"},
    {"text", Kind::Text, "message and traceback"},
    {"source", Kind::Source, "who sent it"},
    {"extra", Kind::Extra, "all further fields; extra.NAME is one of them"},
    {"exc_text", Kind::Attribute, "the traceback"},
    {"stack_info", Kind::Attribute, "the stack, where it was asked for"},
    {"funcName", Kind::Attribute, "the function"},
    {"lineno", Kind::Attribute, "the line"},
    {"pathname", Kind::Attribute, "the source file, with its path"},
    {"filename", Kind::Attribute, "the source file"},
    {"module", Kind::Attribute, "the module"},
    {"process", Kind::Attribute, "the process's number"},
    {"processName", Kind::Attribute, "the process's name"},
    {"thread", Kind::Attribute, "the thread's number"},
    {"threadName", Kind::Attribute, "the thread's name"},
    {"taskName", Kind::Attribute, "the asyncio task's name"},
    {"msg", Kind::Attribute, "the message before its arguments were merged"},
    {"args", Kind::Attribute, "the message's arguments"},
    {"exc_info", Kind::Attribute, "what a sender told of an exception"},
    {"msecs", Kind::Attribute, "the milliseconds of the time"},
    {"relativeCreated", Kind::Attribute, "milliseconds since the sender's start"},
    {"name", Kind::Logger, "the same as logger"},
    {"levelno", Kind::Level, "the same as level"},
    {"levelname", Kind::Attribute, "the level's name as text"},
    {"created", Kind::Time, "the same as time"},
};

const KnownField *find(std::string_view name)
{
    const auto found = std::ranges::find(fields, name, &KnownField::name);
    return found == std::end(fields) ? nullptr : found;
}

} // namespace

std::span<const KnownField> knownFields() { return fields; }

bool isKnownField(std::string_view name) { return find(name) != nullptr; }

ExpressionField ExpressionField::fromPath(std::vector<std::string> path)
{
    ExpressionField field;
    if (path[0] == "extra") {
        path.erase(path.begin());
        field.keys = std::move(path);
        return field;
    }
    // Senders have dictionaries of their own called source, process or message: only these two hold any here.
    const bool mayHoldFields = path[0] == "args" || path[0] == "msg";
    const KnownField *known = path.size() == 1 || mayHoldFields ? find(path[0]) : nullptr;
    if (!known) {
        field.keys = std::move(path);
        return field;
    }
    field.kind = known->kind;
    if (known->kind == Kind::Attribute)
        field.attribute = *attributeFromName(path[0]);
    path.erase(path.begin());
    field.keys = std::move(path);
    return field;
}

std::string ExpressionField::print() const
{
    std::string out;
    switch (kind) {
    case Kind::Level:
        return "level";
    case Kind::Logger:
        return "logger";
    case Kind::Time:
        return "time";
    case Kind::Message:
        return "message";
    case Kind::Text:
        return "text";
    case Kind::Source:
        return "source";
    case Kind::Attribute:
        out = attributeName(attribute);
        break;
    case Kind::Extra:
        if (keys.empty())
            return "extra";
        if (keys[0] == "extra" || keys[0] == "args" || keys[0] == "msg" || (keys.size() == 1 && isKnownField(keys[0])) ||
            !expression::isName(keys[0]) || expression::isKeyword(keys[0]))
            out = "extra";
        break;
    }
    for (const std::string &key : keys) {
        if (expression::isName(key) || (!out.empty() && expression::isNumberKey(key))) {
            if (!out.empty())
                out += '.';
            out += key;
        } else {
            out += '[';
            expression::appendQuoted(key, out);
            out += ']';
        }
    }
    return out;
}

} // namespace sluice
