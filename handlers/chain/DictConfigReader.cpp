#include "chain/DictConfigReader.h"

#include "chain/DictConfigReferences.h"
#include "chain/NodeRegistry.h"
#include "record/Level.h"
#include "wire/SyslogWriter.h"

#include <QJsonArray>

#include <algorithm>
#include <map>
#include <set>

namespace sluice {

namespace {

std::string text(const QJsonValue &value) { return value.toString().toStdString(); }

std::string quoted(const QJsonValue &value)
{
    return value.isString() ? "\"" + value.toString().left(200).toStdString() + "\"" : "that";
}

/// What Python takes for true.
bool truth(const QJsonValue &value)
{
    return value.toBool() || value.toDouble() != 0 || !value.toString().isEmpty() || !value.toArray().isEmpty() ||
           !value.toObject().isEmpty();
}

/// Python passes only keys that are identifiers to a constructor.
bool isIdentifier(const QString &key)
{
    const auto isStart = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; };
    return !key.isEmpty() && isStart(key[0]) &&
           std::all_of(key.begin(), key.end(), [&](QChar c) { return isStart(c) || (c >= u'0' && c <= u'9'); });
}

const NodeType *handlerOfClass(const QString &name)
{
    static const std::set<QString> ofLogging = {QStringLiteral("StreamHandler"), QStringLiteral("FileHandler"),
                                                QStringLiteral("NullHandler")};
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString module = name.left(dot);
    const QString simple = name.mid(dot + 1);
    if (dot < 0 || module != (ofLogging.contains(simple) ? u"logging" : u"logging.handlers"))
        return nullptr;
    const NodeType *type = NodeRegistry::builtin().find(simple.toStdString());
    return type && type->kind() == NodeKind::Handler && simple != u"ConsoleHandler" ? type : nullptr;
}

class DictConfigReader
{
public:
    DictConfigReader(const QJsonObject &config, Problems &problems)
        : m_config(resolveReferences(config, problems)), m_problems(problems)
    {
    }

    Chain read()
    {
        static const std::set<QString> known = {
            QStringLiteral("version"),    QStringLiteral("formatters"),  QStringLiteral("filters"),
            QStringLiteral("handlers"),   QStringLiteral("loggers"),     QStringLiteral("root"),
            QStringLiteral("incremental"), QStringLiteral("disable_existing_loggers")};
        if (m_config.value(u"version") != QJsonValue(1))
            problem("$.version", "The version of a dictConfig must be 1.");
        if (truth(m_config.value(u"incremental")))
            problem("$.incremental", "An incremental configuration changes a program that has one; here is none to change.");
        for (const char *section : {"formatters", "filters", "handlers", "loggers"}) {
            if (const QJsonValue value = m_config.value(QLatin1String(section)); !value.isUndefined() && !value.isObject())
                problem(std::string("$.") + section, std::string(section) + " must be an object.");
        }
        readFormatters();
        readFilters();
        readHandlers();
        readLoggers();
        // What is left to be wrong between nodes are MemoryHandlers that are each other's targets.
        if (m_problems.empty()) {
            for (const Problem &wiring : m_chain.checkWiring())
                problem("$.handlers", wiring.text);
        }
        return std::move(m_chain);
    }

private:
    QJsonObject section(const char *name) const { return m_config.value(QLatin1String(name)).toObject(); }
    void problem(const std::string &path, const std::string &sentence) { m_problems.push_back({path, sentence}); }

    void readFormatters()
    {
        const QJsonObject formatters = section("formatters");
        for (auto it = formatters.begin(); it != formatters.end(); ++it) {
            const std::string path = "$.formatters." + it.key().toStdString();
            const QJsonObject object = it.value().toObject();
            const QJsonValue factory = object.value(u"()");
            const QJsonValue klass = object.value(u"class");
            const bool isFactory = !factory.isUndefined();
            if ((isFactory && factory != QJsonValue(QStringLiteral("logging.Formatter"))) ||
                (truth(klass) && klass != QJsonValue(QStringLiteral("logging.Formatter")))) {
                problem(path, "A formatter made by " + quoted(isFactory ? factory : klass) +
                                  " is code of its own, which is not run here.");
                continue;
            }
            QJsonObject formatter;
            const auto take = [&](const char *from, const char *to) {
                const QJsonValue value = object.value(QLatin1String(from));
                if (!value.isUndefined())
                    formatter.insert(QLatin1String(to), value);
            };
            take("format", "format");
            take("datefmt", "datefmt");
            take("style", "style");
            take("validate", "validate");
            take("defaults", "defaults");
            if (isFactory)
                take("fmt", "format");
            if (formatter.contains(u"validate"))
                formatter.insert(u"validate", truth(formatter.value(u"validate")));
            // Python writes a default that is no text as str() does; numbers and truth values are what JSON has.
            QJsonObject defaults = formatter.value(u"defaults").toObject();
            for (auto value = defaults.begin(); value != defaults.end(); ++value) {
                if (value.value().isBool())
                    value.value() = value.value().toBool() ? QStringLiteral("True") : QStringLiteral("False");
                else if (value.value().isDouble() && value.value().toDouble() == value.value().toInteger())
                    value.value() = QString::number(value.value().toInteger());
            }
            if (!defaults.isEmpty())
                formatter.insert(u"defaults", defaults);
            const NodeType *any = NodeRegistry::builtin().find("NullHandler");
            Problems found = any->check(QJsonObject{{QStringLiteral("formatter"), formatter}}, "");
            for (Problem &one : found) {
                const std::string below = ".formatter";
                problem(path + (one.place.starts_with(below) ? one.place.substr(below.size()) : ""), one.text);
            }
            m_formatters.emplace(it.key(), formatter);
        }
    }

    void readFilters()
    {
        const QJsonObject filters = section("filters");
        for (auto it = filters.begin(); it != filters.end(); ++it) {
            const std::string path = "$.filters." + it.key().toStdString();
            const QJsonObject object = it.value().toObject();
            const QJsonValue factory = object.value(u"()");
            if (!factory.isUndefined() && factory != QJsonValue(QStringLiteral("logging.Filter")))
                problem(path, "A filter made by " + quoted(factory) + " is code of its own, which is not run here.");
            if (const QJsonValue name = object.value(u"name"); !name.isUndefined() && !name.isString())
                problem(path + ".name", "name must be a text.");
            m_filters.emplace(it.key(), object.value(u"name").toString());
        }
    }

    QJsonArray filterNames(const QJsonValue &names, const std::string &path)
    {
        QJsonArray out;
        if (truth(names) && !names.isArray())
            problem(path, "filters must be a list of names.");
        const QJsonArray list = names.toArray();
        for (qsizetype i = 0; i < list.size(); ++i) {
            const auto found = m_filters.find(list[i].toString());
            if (found == m_filters.end())
                problem(path + "[" + std::to_string(i) + "]", "There is no filter " + quoted(list[i]) + ".");
            // A filter of the empty name passes all, and the same filter is added once.
            else if (!found->second.isEmpty() && !out.contains(found->second))
                out.append(found->second);
        }
        return out;
    }

    void readHandlers()
    {
        const QJsonObject handlers = section("handlers");
        // Python makes them sorted by name, and those with a target that is not made yet at the end. Closing
        // goes backwards, so the order decides what a last flush still finds open.
        std::vector<std::string> names;
        for (const QString &key : handlers.keys())
            names.push_back(key.toStdString());
        std::ranges::sort(names);
        std::vector<std::string> deferred;
        std::set<QString> made;
        for (const std::string &name : names) {
            const QString key = QString::fromStdString(name);
            const QString target = handlers.value(key).toObject().value(u"target").toString();
            if (!target.isEmpty() && handlers.contains(target) && !made.contains(target))
                deferred.push_back(name);
            else {
                readHandler(name, handlers.value(key));
                made.insert(key);
            }
        }
        for (const std::string &name : deferred)
            readHandler(name, handlers.value(QString::fromStdString(name)));
        for (const Wire &wire : m_targets)
            m_chain.addWire(wire);
    }

    void readHandler(const std::string &name, const QJsonValue &value)
    {
        const std::string path = "$.handlers." + name;
        const QJsonObject object = value.toObject();
        if (!value.isObject())
            return problem(path, "A handler must be an object.");
        if (object.contains(u"()"))
            return problem(path, "A handler made by " + quoted(object.value(u"()")) + " is code of its own, which is not run here.");
        if (!object.contains(u"class"))
            return problem(path, "class is missing: a handler needs one.");
        ChainNode node;
        node.id = name;
        node.type = handlerOfClass(object.value(u"class").toString());
        if (!node.type)
            return problem(path + ".class", "There is no handler " + quoted(object.value(u"class")) + " here.");
        node.params = handlerParams(object, *node.type, path);
        const Problems found = node.type->check(node.params, path);
        std::ranges::copy_if(found, std::back_inserter(m_problems), [&](const Problem &one) {
            return !one.place.starts_with(path + ".formatter."); // said of the formatter already
        });
        if (const QJsonValue target = object.value(u"target"); truth(target)) {
            if (section("handlers").contains(target.toString()))
                m_targets.push_back({name, "target", text(target)});
            else
                problem(path + ".target", "There is no handler " + quoted(target) + ".");
        }
        m_chain.addNode(std::move(node));
    }

    QJsonObject handlerParams(const QJsonObject &object, const NodeType &type, const std::string &path)
    {
        QJsonObject params;
        const bool hasTarget = std::ranges::any_of(type.outputs(), [](const PortSpec &port) { return port.name == "target"; });
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString key = it.key();
            const QJsonValue value = it.value();
            if (key == u"class" || !isIdentifier(key) || (key == u"target" && hasTarget))
                continue;
            if (key == u"formatter")
                insertFormatter(params, value, path);
            else if (key == u"filters") {
                if (const QJsonArray names = filterNames(value, path + ".filters"); !names.isEmpty())
                    params.insert(key, names);
            } else if (key == u"level" && value.isNull())
                continue;
            else
                insertArgument(params, type, key, value);
        }
        // Attributes that are set after construction, as {".": {"terminator": "\r\n"}}.
        const QJsonObject attributes = object.value(u".").toObject();
        for (auto it = attributes.begin(); it != attributes.end(); ++it)
            insertArgument(params, type, it.key(), it.value());
        return params;
    }

    void insertFormatter(QJsonObject &params, const QJsonValue &name, const std::string &path)
    {
        const auto found = m_formatters.find(name.toString());
        if (found != m_formatters.end())
            params.insert(u"formatter", found->second);
        else if (truth(name) && !section("formatters").contains(name.toString()))
            problem(path + ".formatter", "There is no formatter " + quoted(name) + ".");
    }

    /// Python's numbers and constants of syslog and of sockets as the names that the node has for them.
    static QJsonValue syslogArgument(const QString &key, const QJsonValue &value)
    {
        const QString text = value.toString();
        const QString constants = QStringLiteral("ext://logging.handlers.SysLogHandler.LOG_");
        if (key == u"facility" && value.isDouble()) {
            const std::string_view name = syslog::facilityName(value.toInt(-1));
            return name.empty() ? value : QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        }
        if (key == u"facility" && text.startsWith(constants)) {
            const QString name = text.mid(constants.size()).toLower();
            return name == u"solcron" ? QStringLiteral("solaris-cron") : name;
        }
        if (key == u"socktype" && (text == u"ext://socket.SOCK_STREAM" || value == QJsonValue(1)))
            return QStringLiteral("tcp");
        if (key == u"socktype" && (text == u"ext://socket.SOCK_DGRAM" || value == QJsonValue(2)))
            return QStringLiteral("udp");
        return value;
    }

    static bool isChoice(const ParamSpec &spec, const QJsonValue &value)
    {
        return std::ranges::find(spec.choices, value.toString().toStdString()) != spec.choices.end();
    }

    /// A tuple of Python, such as (username, password), as the group that it is here.
    static QJsonObject members(const ParamSpec &group, const QJsonArray &tuple)
    {
        QJsonObject out;
        for (qsizetype i = 0; i < tuple.size(); ++i)
            out.insert(QString::fromStdString(group.members[static_cast<std::size_t>(i)].key), tuple[i]);
        return out;
    }

    /// Values as JSON has them, where the node wants another form than Python.
    static void insertArgument(QJsonObject &params, const NodeType &type, const QString &key, const QJsonValue &value)
    {
        const ParamSpec *spec = type.param(key.toStdString());
        if (spec && spec->type == ParamSpec::Type::Boolean && !value.isBool())
            params.insert(key, truth(value));
        else if (spec && spec->type == ParamSpec::Type::TextList && value.isString())
            params.insert(key, QJsonArray{value});
        else if (spec && spec->type == ParamSpec::Type::Group && value.isArray() &&
                 value.toArray().size() <= static_cast<qsizetype>(spec->members.size()))
            params.insert(key, members(*spec, value.toArray()));
        else if (spec && spec->type == ParamSpec::Type::Choice && !isChoice(*spec, value) &&
                 isChoice(*spec, value.toString().toUpper()))
            params.insert(key, value.toString().toUpper());
        else if (value.toString().startsWith(u"ext://sys."))
            params.insert(key, value.toString().mid(10).remove(u'_'));
        else if (type.name() == "SysLogHandler")
            params.insert(key, syslogArgument(key, value));
        else
            params.insert(key, value);
    }

    void readLoggers()
    {
        const QJsonObject loggers = section("loggers");
        for (auto it = loggers.begin(); it != loggers.end(); ++it)
            readLogger(it.key(), it.value(), "$.loggers." + it.key().toStdString());
        if (const QJsonValue root = m_config.value(u"root"); truth(root) || !m_hasRoot)
            readLogger(QString(), root, "$.root");
    }

    void readLogger(const QString &name, const QJsonValue &value, const std::string &path)
    {
        if (!value.isObject() && !(name.isEmpty() && !truth(value)))
            return problem(path, "A logger must be an object.");
        const QJsonObject object = value.toObject();
        const bool isRoot = name.isEmpty() || name == u"root";
        m_hasRoot = m_hasRoot || isRoot;
        ChainNode node;
        node.id = "logger " + (isRoot ? "root" : name.toStdString());
        node.type = NodeRegistry::builtin().find("Logger");
        if (m_chain.node(node.id) && isRoot)
            return problem(path, "The root logger is configured twice.");
        if (!isRoot)
            node.params.insert(u"name", name);
        // The root has a level from the start; a configuration without one leaves it.
        const QJsonValue level = object.value(u"level");
        if (!level.isUndefined() && !level.isNull())
            node.params.insert(u"level", level);
        else if (isRoot)
            node.params.insert(u"level", QStringLiteral("WARNING"));
        if (const QJsonValue propagate = object.value(u"propagate"); !isRoot && !propagate.isUndefined() && !propagate.isNull())
            node.params.insert(u"propagate", truth(propagate));
        if (const QJsonArray filters = filterNames(object.value(u"filters"), path + ".filters"); !filters.isEmpty())
            node.params.insert(u"filters", filters);
        const Problems found = node.type->check(node.params, path);
        m_problems.insert(m_problems.end(), found.begin(), found.end());
        const std::string id = m_chain.addNode(std::move(node));
        wireHandlers(id, object.value(u"handlers"), path + ".handlers");
    }

    void wireHandlers(const std::string &logger, const QJsonValue &names, const std::string &path)
    {
        if (truth(names) && !names.isArray())
            return problem(path, "handlers must be a list of names.");
        const QJsonArray list = names.toArray();
        std::set<QString> added;
        for (qsizetype i = 0; i < list.size(); ++i) {
            const QString name = list[i].toString();
            if (!section("handlers").contains(name))
                problem(path + "[" + std::to_string(i) + "]", "There is no handler " + quoted(list[i]) + ".");
            else if (added.insert(name).second)
                m_chain.addWire({logger, "out", name.toStdString()});
        }
    }

    const QJsonObject m_config;
    Problems &m_problems;
    Chain m_chain;
    std::map<QString, QJsonObject> m_formatters;
    std::map<QString, QString> m_filters;
    std::vector<Wire> m_targets;
    bool m_hasRoot = false;
};

} // namespace

Chain readDictConfig(const QJsonObject &object, Problems &problems) { return DictConfigReader(object, problems).read(); }

} // namespace sluice
