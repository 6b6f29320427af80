#include "NodesCommand.h"

#include "Arguments.h"
#include "chain/NodeRegistry.h"

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
        if (!spec.unit.empty())
            object.insert(u"unit", text(spec.unit));
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
    }
}

} // namespace

int nodesCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 3> flags = {"--help", "--json", "--markdown"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, {});
    if (!arguments || !arguments->rest.empty() || arguments->has("--help")) {
        const bool isHelp = arguments.ok() && arguments->has("--help");
        std::fputs("usage: sluicectl nodes [--json|--markdown]\n\nSays what can be put into a chain.\n", isHelp ? stdout : stderr);
        return isHelp ? exitStatus::delivered : exitStatus::usage;
    }
    if (arguments->has("--json"))
        printJson();
    else if (arguments->has("--markdown"))
        printMarkdown();
    else
        printText();
    return exitStatus::delivered;
}

} // namespace sluice
