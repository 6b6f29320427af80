#include "chain/ChainCommand.h"

#include "chain/ChainLayout.h"
#include "chain/NodeRegistry.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <charconv>
#include <span>

namespace sluice {

namespace {

using Words = std::span<const std::string>;

struct Command
{
    const char *name;
    const char *arguments;
    const char *help;
    std::size_t least; ///< of arguments
    std::size_t most;
    Status (*run)(ChainEditor &editor, Words arguments);
};

constexpr std::size_t any = static_cast<std::size_t>(-1);

Result<std::vector<std::string>> split(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    bool isWord = false;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (c == '\\' && (next == '\\' || next == '"' || next == '\'')) {
            word += next;
            isWord = true;
            ++i;
        } else if (quote ? c == quote : c == '"' || c == '\'') {
            quote = quote ? '\0' : c;
            isWord = true;
        } else if (!quote && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            if (isWord)
                words.push_back(std::move(word));
            word.clear();
            isWord = false;
        } else {
            word += c;
            isWord = true;
        }
    }
    if (quote)
        return Error{std::string("The quote ") + quote + " is not closed."};
    if (isWord)
        words.push_back(std::move(word));
    return words;
}

/// A value as JSON where it is some, for what takes more than a text; else as the text that it is.
QJsonValue valueOf(const std::string &text, ParamSpec::Type type)
{
    const QJsonValue asText = QString::fromStdString(text);
    if (type == ParamSpec::Type::Text || type == ParamSpec::Type::Path || type == ParamSpec::Type::Choice)
        return asText;
    QJsonParseError error;
    const QJsonDocument array = QJsonDocument::fromJson(QByteArray::fromStdString("[" + text + "]"), &error);
    return error.error == QJsonParseError::NoError && array.array().size() == 1 ? array.array().first() : asText;
}

/// Sets what the words say: key=value.
Status setParams(ChainEditor &editor, const std::string &id, Words assignments)
{
    for (const std::string &assignment : assignments) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos)
            return Error{"\"" + assignment + "\" is no KEY=VALUE."};
        const std::string key = assignment.substr(0, equals);
        const ChainNode *node = editor.chain().node(id);
        const ParamSpec *spec = node ? node->type->param(key) : nullptr;
        if (Status status = editor.setParam(id, key, valueOf(assignment.substr(equals + 1), spec ? spec->type : ParamSpec::Type::Text)); !status)
            return status;
    }
    return {};
}

/// "FROM TO", where FROM may have its output behind a colon; without, its only one, or the one that may lead to TO.
Wire wireOf(const Chain &chain, const std::string &from, const std::string &to)
{
    Wire wire{from, "out", to, {}, {}};
    if (const std::size_t colon = from.rfind(':'); !chain.node(from) && colon != std::string::npos) {
        wire.from = from.substr(0, colon);
        wire.port = from.substr(colon + 1);
    } else if (const ChainNode *node = chain.node(from); node && node->type->outputs().size() == 1) {
        wire.port = node->type->outputs().front().name;
    }
    return wire;
}

Result<double> numberOf(const std::string &text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !(number > -1e9 && number < 1e9))
        return Error{"\"" + text + "\" is no number."};
    return number;
}

Status add(ChainEditor &editor, Words words)
{
    ChainNode node;
    node.type = NodeRegistry::builtin().find(words[0]);
    if (!node.type) {
        const std::string nearest = NodeRegistry::builtin().nearest(words[0]);
        return Error{"There is no node of type \"" + words[0] + "\"." + (nearest.empty() ? "" : " Is \"" + nearest + "\" meant?")};
    }
    Words params = words.subspan(1);
    if (!params.empty() && params[0].find('=') == std::string::npos) {
        node.id = params[0];
        if (editor.chain().freeId(node.id) != node.id)
            return Error{"\"" + node.id + "\" is taken already."};
        params = params.subspan(1);
    }
    const Result<std::string> id = editor.addNode(std::move(node));
    return id ? setParams(editor, *id, params) : Status(id.error());
}

Status remove(ChainEditor &editor, Words words) { return editor.remove({words.begin(), words.end()}); }
Status cut(ChainEditor &editor, Words words) { return editor.remove({words.begin(), words.end()}, false); }
Status rename(ChainEditor &editor, Words words) { return editor.rename(words[0], words[1]); }
Status set(ChainEditor &editor, Words words) { return setParams(editor, words[0], words.subspan(1)); }

Status unset(ChainEditor &editor, Words words)
{
    for (const std::string &key : words.subspan(1)) {
        if (Status status = editor.setParam(words[0], key, QJsonValue::Undefined); !status)
            return status;
    }
    return {};
}

Status connect(ChainEditor &editor, Words words) { return editor.connect(wireOf(editor.chain(), words[0], words[1])); }
Status disconnect(ChainEditor &editor, Words words) { return editor.disconnect(wireOf(editor.chain(), words[0], words[1])); }
Status insert(ChainEditor &editor, Words words) { return editor.insertOnWire(words[0], wireOf(editor.chain(), words[1], words[2])); }

Status queue(ChainEditor &editor, Words words)
{
    const Result<double> records = numberOf(words[2]);
    if (!records || *records < 1 || *records > 10'000'000 || *records != static_cast<double>(static_cast<std::size_t>(*records)))
        return Error{"The size of a queue is a whole number from 1 to 10000000 (records), not \"" + words[2] + "\"."};
    std::optional<WhenFull> whenFull;
    if (words.size() > 3) {
        whenFull = whenFullOfName(words[3]);
        if (!whenFull)
            return Error{"A full queue can block, dropOldest or dropNewest, not \"" + words[3] + "\"."};
    }
    return editor.setQueue(wireOf(editor.chain(), words[0], words[1]), static_cast<std::size_t>(*records), whenFull);
}

Status move(ChainEditor &editor, Words words)
{
    const Result<double> x = numberOf(words[1]);
    const Result<double> y = numberOf(words[2]);
    if (!x || !y)
        return x ? y.error() : x.error();
    return editor.move({{words[0], *x, *y}});
}

Status name(ChainEditor &editor, Words words)
{
    editor.setName(words[0]);
    return {};
}

Status comment(ChainEditor &editor, Words words)
{
    ChainComment made;
    made.text = words[0];
    editor.addComment(std::move(made));
    return {};
}

Status tidy(ChainEditor &editor, Words) { return editor.move(ChainLayout(editor.chain()).places()); }

constexpr Command commands[] = {
    {"add", "TYPE [ID] [KEY=VALUE…]", "adds a node", 1, any, add},
    {"remove", "ID…", "takes nodes or comments away; what led to a node leads on to what it led to", 1, any, remove},
    {"cut", "ID…", "takes them away with their wires", 1, any, cut},
    {"rename", "ID NEW", "gives a node another id", 2, 2, rename},
    {"set", "ID KEY=VALUE…", "sets parameters; a value is JSON where the parameter is no text", 2, any, set},
    {"unset", "ID KEY…", "sets parameters back to what they are by default", 2, any, unset},
    {"connect", "FROM[:PORT] TO", "adds a wire", 2, 2, connect},
    {"disconnect", "FROM[:PORT] TO", "takes one away", 2, 2, disconnect},
    {"insert", "ID FROM[:PORT] TO", "puts a node on a wire", 3, 3, insert},
    {"queue", "FROM[:PORT] TO RECORDS [WHENFULL]", "sets the queue of a wire", 3, 4, queue},
    {"move", "ID X Y", "puts a node or a comment elsewhere on the canvas", 3, 3, move},
    {"comment", "TEXT", "adds a comment", 1, 1, comment},
    {"name", "TEXT", "names the project", 1, 1, name},
    {"tidy", "", "lays the canvas out", 0, 0, tidy},
};

} // namespace

Status runChainCommand(ChainEditor &editor, std::string_view text)
{
    const Result<std::vector<std::string>> words = split(text);
    if (!words)
        return words.error();
    if (words->empty())
        return Error{"There is no edit in it."};
    const auto command = std::ranges::find_if(commands, [&](const Command &one) { return words->front() == one.name; });
    if (command == std::end(commands))
        return Error{"There is no edit \"" + words->front() + "\"."};
    const Words arguments = Words(*words).subspan(1);
    if (arguments.size() < command->least || arguments.size() > command->most)
        return Error{std::string("It is: ") + command->name + " " + command->arguments};
    // What goes wrong in the middle must leave nothing: it is tried on a copy, and then done.
    ChainEditor tried(editor.chain());
    if (Status status = command->run(tried, arguments); !status)
        return status;
    const ChainHistory::Step step(editor, std::string(text));
    return command->run(editor, arguments);
}

std::string chainCommandsHelp()
{
    constexpr std::size_t column = 45;
    std::string help;
    for (const Command &command : commands) {
        std::string line = std::string("  ") + command.name + " " + command.arguments;
        const std::size_t bytesBeyond = static_cast<std::size_t>(std::ranges::count(line, '\xE2')) * 2; // … is three bytes
        line.resize(std::max(column + bytesBeyond, line.size() + 1), ' ');
        help += line + command.help + "\n";
    }
    return help;
}

} // namespace sluice
