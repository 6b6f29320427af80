#include "NodesCommand.h"

#include "Arguments.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectSchema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cstdio>

namespace sluice {

namespace {

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

const char *kindName(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Receiver: return "receiver";
    case NodeKind::Filter: return "filter";
    case NodeKind::Logger: return "logger";
    case NodeKind::Handler: return "handler";
    }
    return "";
}

QString defaultInWords(const ParamSpec &spec)
{
    if (spec.required)
        return QStringLiteral("required");
    if (spec.type == ParamSpec::Type::Group || spec.defaultValue.isNull())
        return QStringLiteral("none");
    const QByteArray json = QJsonDocument(QJsonArray{spec.defaultValue}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

QJsonArray suggestionsJson(const std::vector<ParamSpec::Suggestion> &suggestions)
{
    QJsonArray out;
    for (const ParamSpec::Suggestion &suggestion : suggestions)
        out.append(QJsonObject{{QStringLiteral("value"), text(suggestion.value)},
                               {QStringLiteral("words"), text(suggestion.words)}});
    return out;
}

QJsonArray paramsJson(const std::vector<ParamSpec> &specs)
{
    QJsonArray out;
    for (const ParamSpec &spec : specs) {
        QJsonObject object{{QStringLiteral("key"), text(spec.key)},
                           {QStringLiteral("type"), text(typeInWords(spec))},
                           {QStringLiteral("help"), text(spec.help)}};
        if (spec.required)
            object.insert(u"required", true);
        else if (spec.type != ParamSpec::Type::Group)
            object.insert(u"default", spec.defaultValue);
        if (spec.secret)
            object.insert(u"secret", true);
        if (spec.secretByName)
            object.insert(u"secretByName", true);
        if (!spec.unit.empty())
            object.insert(u"unit", text(spec.unit));
        if (spec.usual)
            object.insert(u"usual", true);
        if (spec.hint != ParamSpec::Hint::None)
            object.insert(u"hint", text(nameOf(spec.hint)));
        if (!spec.suggestions.empty())
            object.insert(u"suggestions", suggestionsJson(spec.suggestions));
        if (spec.minimum)
            object.insert(u"minimum", *spec.minimum);
        if (spec.maximum)
            object.insert(u"maximum", *spec.maximum);
        if (!spec.members.empty())
            object.insert(u"members", paramsJson(spec.members));
        out.append(object);
    }
    return out;
}

/// What failures cost at a node of default parameters, from which wires lead where they can.
NodeGuarantee usualGuarantee(const NodeType &type) { return type.guarantee({}, !type.outputs().empty()); }

struct Failure
{
    const char *key;
    const char *words;
    NodeGuarantee::Cost NodeGuarantee::*cost;
};
constexpr std::array<Failure, 4> failures = {{{"crash", "crash", &NodeGuarantee::crash},
                                              {"fullDisk", "full disk", &NodeGuarantee::fullDisk},
                                              {"deadPeer", "dead peer", &NodeGuarantee::deadPeer},
                                              {"heldUp", "held up", &NodeGuarantee::heldUp}}};

const char *lossName(NodeGuarantee::Loss loss)
{
    switch (loss) {
    case NodeGuarantee::Loss::None: return "none";
    case NodeGuarantee::Loss::Bounded: return "bounded";
    case NodeGuarantee::Loss::Unbounded: return "unbounded";
    case NodeGuarantee::Loss::Unnoticed: return "unnoticed";
    }
    return "";
}

QJsonObject guaranteeJson(const NodeGuarantee &guarantee)
{
    QJsonObject object;
    for (const Failure &failure : failures) {
        const NodeGuarantee::Cost &cost = guarantee.*failure.cost;
        QJsonObject said{{QStringLiteral("loss"), QLatin1String(lossName(cost.loss))}};
        if (!cost.words.empty())
            said.insert(u"words", text(cost.words));
        if (cost.loss == NodeGuarantee::Loss::Bounded && cost.amount.empty())
            said.insert(u"records", static_cast<qint64>(cost.records));
        if (!cost.amount.empty())
            said.insert(u"amount", text(cost.amount));
        object.insert(QLatin1String(failure.key), said);
    }
    return object;
}

/// One line for each failure of which there is something to say: "crash: keeps up to 100 records in memory".
std::vector<std::string> guaranteeInWords(const NodeGuarantee &guarantee)
{
    std::vector<std::string> lines;
    for (const Failure &failure : failures) {
        if (const NodeGuarantee::Cost &cost = guarantee.*failure.cost; !cost.words.empty())
            lines.push_back(std::string(failure.words) + ": " + cost.words);
    }
    return lines;
}

void printJson()
{
    QJsonArray nodes;
    for (const NodeType *type : NodeRegistry::builtin().types()) {
        QJsonArray outputs;
        for (const PortSpec &port : type->outputs())
            outputs.append(QJsonObject{{QStringLiteral("name"), text(port.name)},
                                       {QStringLiteral("help"), text(port.help)},
                                       {QStringLiteral("single"), port.single}});
        nodes.append(QJsonObject{{QStringLiteral("name"), text(type->name())},
                                 {QStringLiteral("kind"), QLatin1String(kindName(type->kind()))},
                                 {QStringLiteral("summary"), text(type->summary())},
                                 {QStringLiteral("input"), type->hasInput()},
                                 {QStringLiteral("outputs"), outputs},
                                 {QStringLiteral("guarantee"), guaranteeJson(usualGuarantee(*type))},
                                 {QStringLiteral("params"), paramsJson(type->params())}});
    }
    std::fputs(QJsonDocument(nodes).toJson().constData(), stdout);
}

void printMarkdownParams(const std::vector<ParamSpec> &specs, const std::string &prefix)
{
    for (const ParamSpec &spec : specs) {
        std::printf("| `%s%s` | %s | %s | %s |\n", prefix.c_str(), spec.key.c_str(), typeInWords(spec).c_str(),
                    qUtf8Printable(defaultInWords(spec)), spec.help.c_str());
        printMarkdownParams(spec.members, prefix + spec.key + ".");
    }
}

void printMarkdown()
{
    std::puts("# Nodes\n\nWhat can be put into a chain.");
    for (const NodeType *type : NodeRegistry::builtin().types()) {
        std::printf("\n## %s\n\n%s (%s).\n\n| parameter | type | default | what it is |\n|---|---|---|---|\n",
                    type->name().c_str(), type->summary().c_str(), kindName(type->kind()));
        printMarkdownParams(type->params(), "");
        const std::vector<std::string> lines = guaranteeInWords(usualGuarantee(*type));
        if (!lines.empty())
            std::puts("\nUnless told otherwise:\n");
        for (const std::string &line : lines)
            std::printf("- %s.\n", line.c_str());
    }
}

void printParams(const std::vector<ParamSpec> &specs, int indent)
{
    for (const ParamSpec &spec : specs) {
        std::printf("%*s%-*s %s (%s; %s)\n", indent, "", 20 - indent, spec.key.c_str(), spec.help.c_str(),
                    typeInWords(spec).c_str(), qUtf8Printable(defaultInWords(spec)));
        printParams(spec.members, indent + 2);
    }
}

void printText()
{
    for (const NodeType *type : NodeRegistry::builtin().types()) {
        std::printf("%s (%s): %s\n", type->name().c_str(), kindName(type->kind()), type->summary().c_str());
        printParams(type->params(), 4);
        for (const std::string &line : guaranteeInWords(usualGuarantee(*type)))
            std::printf("  %s\n", line.c_str());
    }
}

} // namespace

int nodesCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 4> flags = {"--help", "--json", "--markdown", "--schema"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, {});
    if (!arguments || !arguments->rest.empty() || arguments->has("--help")) {
        const bool isHelp = arguments.ok() && arguments->has("--help");
        std::fputs("usage: sluicectl nodes [--json|--markdown|--schema]\n\nSays what can be put into a chain, and what failures cost there unless it is "
                   "told otherwise; with --schema, as the JSON Schema of project files.\n", isHelp ? stdout : stderr);
        return isHelp ? exitStatus::delivered : exitStatus::usage;
    }
    if (arguments->has("--json"))
        printJson();
    else if (arguments->has("--markdown"))
        printMarkdown();
    else if (arguments->has("--schema"))
        std::fputs(QJsonDocument(projectSchema()).toJson().constData(), stdout);
    else
        printText();
    return exitStatus::delivered;
}

} // namespace sluice
