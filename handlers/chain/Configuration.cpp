#include "chain/Configuration.h"

#include "chain/DictConfigReader.h"
#include "chain/FileConfigReader.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectReader.h"
#include "chain/UnsupportedNodes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace sluice {

namespace {

/// Larger than any project that a person draws.
constexpr qint64 maxFileBytes = 16 * 1024 * 1024;

std::string placeOf(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.left(offset);
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = offset - (before.lastIndexOf('\n') + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::string lowerFirst(std::string text)
{
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

Configuration unreadable(const std::string &place, const std::string &text)
{
    Configuration configuration;
    configuration.problems.push_back({place, text});
    return configuration;
}

void take(Configuration &configuration, DictConfig &&read)
{
    configuration.chain = std::move(read.chain);
    configuration.problems = std::move(read.problems);
    configuration.unsupported = std::move(read.unsupported);
}

/// `file` is what "%(__file__)s" stands for, as where a program reads its INI file with PasteDeploy or Alembic.
Configuration parse(const QByteArray &text, const std::string &baseDirectory, const QString &file)
{
    if (const QString ini = QString::fromUtf8(text); looksLikeFileConfig(ini)) {
        Configuration configuration;
        configuration.kind = Configuration::Kind::FileConfig;
        configuration.baseDirectory = QDir::currentPath().toStdString();
        std::map<QString, QString> defaults{{QStringLiteral("here"), QString::fromStdString(baseDirectory)}};
        if (!file.isEmpty())
            defaults.emplace(QStringLiteral("__file__"), file);
        take(configuration, readFileConfig(ini, defaults));
        return configuration;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        // Qt's offset is behind the character that it could not take.
        return unreadable(placeOf(text, std::max(0, error.offset - 1)),
                          "This is no JSON: " + lowerFirst(error.errorString().toStdString()) + ".");
    if (!document.isObject())
        return unreadable("$", "This is neither a Sluice project nor a Python dictConfig: the file must hold one object.");

    Configuration configuration;
    const QJsonObject object = document.object();
    if (object.contains(u"sluice")) {
        configuration.kind = Configuration::Kind::Project;
        configuration.chain = readProject(object, configuration.problems, &configuration.extras);
        configuration.baseDirectory = configuration.extras.drawing ? configuration.extras.drawing->folder : baseDirectory;
        configuration.unsupported = unsupportedIn(configuration.chain);
    } else if (object.contains(u"version")) {
        configuration.kind = Configuration::Kind::DictConfig;
        configuration.baseDirectory = QDir::currentPath().toStdString();
        take(configuration, readDictConfig(object));
    } else {
        return unreadable("$", "This is neither a Sluice project (no \"sluice\" key) nor a Python dictConfig (no \"version\" key).");
    }
    return configuration;
}

} // namespace

Configuration parseConfiguration(std::string_view text, const std::string &baseDirectory)
{
    return parse(QByteArray(text.data(), static_cast<qsizetype>(text.size())), baseDirectory, {});
}

Configuration loadConfiguration(const std::string &path)
{
    const QString name = QString::fromStdString(path);
    const QFileInfo info(name);
    QFile file(name);
    if (info.isDir())
        return unreadable(path, "This is a folder, not a file.");
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, "The file cannot be read: " + lowerFirst(file.errorString().toStdString()) + ".");
    const QByteArray text = file.read(maxFileBytes + 1);
    if (text.size() > maxFileBytes)
        return unreadable(path, "The file is larger than 16 MiB, which no project is.");
    return parse(text, info.absolutePath().toStdString(), info.absoluteFilePath());
}

namespace {

constexpr int pythonPort = 9020;

/// Whether a node sends to the port on which the default receiver listens: what that receives must not come to it.
bool sendsToDefaultReceiver(const ChainNode &node)
{
    if (node.type->name() != "SocketHandler" || node.params.value(u"port").toInt(pythonPort) != pythonPort)
        return false;
    const QString host = node.params.value(u"host").toString();
    return host == u"localhost" || host.startsWith(u"127.") || host == u"::1" || host == u"0.0.0.0" || host.isEmpty();
}

ChainNode nodeOf(const char *id, const char *type, double x, double y)
{
    ChainNode node;
    node.id = id;
    node.type = NodeRegistry::builtin().find(type);
    node.x = x;
    node.y = y;
    return node;
}

} // namespace

Chain defaultChain()
{
    static constexpr std::pair<const char *, const char *> receivers[] = {{"python", "SocketReceiver"},
                                                                          {"datagrams", "DatagramReceiver"},
                                                                          {"web", "HttpReceiver"},
                                                                          {"syslog", "SyslogReceiver"},
                                                                          {"cutelog", "CutelogReceiver"}};
    constexpr double rowHeight = 80;
    Chain chain;
    chain.name = "Default";
    double y = 0;
    for (const auto &[id, type] : receivers) {
        chain.addNode(nodeOf(id, type, 0, y));
        y += rowHeight;
    }
    chain.addNode(nodeOf("console", "ConsoleHandler", 320, (y - rowHeight) / 2));
    for (const auto &[id, type] : receivers)
        chain.addWire({id, "out", "console", {}, {}});
    return chain;
}

void addDefaultReceiver(Chain &chain)
{
    const std::vector<ChainNode> &nodes = chain.nodes();
    if (std::ranges::any_of(nodes, [](const ChainNode &node) { return node.type->kind() == NodeKind::Receiver; }))
        return;
    std::string loggers;
    for (const ChainNode &node : nodes) {
        if (node.type->kind() == NodeKind::Logger)
            loggers = node.id;
    }
    const std::string from = chain.addNode(nodeOf("python", "SocketReceiver", 0, 0));
    chain.addWire({from, "out", chain.addNode(nodeOf("console", "ConsoleHandler", 320, 0)), {}, {}});
    // A program that logs to us is imported with the very handler that does so; its records would go round for ever.
    if (!loggers.empty() && std::ranges::none_of(nodes, sendsToDefaultReceiver))
        chain.addWire({from, "out", loggers, {}, {}});
}

} // namespace sluice
