#include "chain/DictConfigWriter.h"

#include "base/Secret.h"
#include "chain/KeptSecrets.h"
#include "chain/ProjectSecrets.h"
#include "chain/PythonArguments.h"
#include "chain/PythonHandlers.h"
#include "chain/UnsupportedNodes.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <map>
#include <set>

namespace sluice {

namespace {

QString keyOf(std::string_view name) { return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())); }

/// A section of named parts, in which equal ones are one.
class NamedParts
{
public:
    /// The name under which it stands: the wanted one, or a free one like it.
    QString add(const QString &wanted, const QJsonValue &value)
    {
        QString name = wanted;
        for (int number = 2; m_parts.contains(name) && m_parts.value(name) != value; ++number)
            name = QStringLiteral("%1 %2").arg(wanted).arg(number);
        m_parts.insert(name, value);
        return name;
    }

    /// The same for a part that needs no certain name.
    QString addAny(const QString &wanted, const QJsonValue &value)
    {
        for (auto it = m_parts.begin(); it != m_parts.end(); ++it) {
            if (it.value() == value)
                return it.key();
        }
        return add(wanted, value);
    }

    const QJsonObject &parts() const { return m_parts; }

private:
    QJsonObject m_parts;
};

class DictConfigWriter
{
public:
    explicit DictConfigWriter(const Chain &chain) : m_chain(chain)
    {
        for (const ChainNode &node : chain.nodes())
            m_hasLoggers = m_hasLoggers || node.type->kind() == NodeKind::Logger;
    }

    WrittenDictConfig write()
    {
        // First those that keep their names: what refers to them is text.
        for (const ChainNode &node : m_chain.nodes()) {
            if (node.type->isUnsupported())
                writeUnsupported(node);
        }
        for (const ChainNode &node : m_chain.nodes()) {
            if (node.type->kind() == NodeKind::Handler && !node.type->isUnsupported())
                writeHandler(node);
            else if (node.type->kind() == NodeKind::Receiver)
                leaveOut(node.id, "A receiver: in Python the program itself makes the records.");
        }
        for (const ChainNode &node : m_chain.nodes()) {
            if (node.type->kind() == NodeKind::Filter)
                writeFilter(node);
        }
        for (const ChainNode &node : m_chain.nodes()) {
            if (node.type->kind() == NodeKind::Logger)
                writeLogger(node);
        }
        writeWires();
        m_out.text = text();
        return std::move(m_out);
    }

private:
    void leaveOut(const std::string &place, const std::string &sentence) { m_out.leftOut.push_back({place, sentence}); }
    void remark(const std::string &place, const std::string &sentence) { m_out.remarks.push_back({place, sentence}); }

    void writeUnsupported(const ChainNode &node)
    {
        const QJsonObject part = withoutSecrets(node);
        std::map<QString, QString> renamed;
        for (const char *section : {"formatters", "filters"}) {
            const QJsonObject named = part.value(QLatin1String(section)).toObject();
            NamedParts &all = QLatin1String(section) == QLatin1String("filters") ? m_filters : m_formatters;
            for (auto it = named.begin(); it != named.end(); ++it)
                renamed[QLatin1String(section) + it.key()] = all.add(it.key(), it.value());
        }
        for (auto it = part.begin(); it != part.end(); ++it) {
            if (it.key() == u"formatters" || it.key() == u"filters" || it.key() == u"handlers" || it.key() == u"filter")
                continue;
            if (m_others.contains(it.key()) && m_others.value(it.key()) != it.value())
                leaveOut(node.id, "It refers to \"" + it.key().toStdString() + "\", which another refers to with another content.");
            else
                m_others.insert(it.key(), it.value());
        }
        const auto newName = [&](const char *section, const QString &name) {
            const auto found = renamed.find(QLatin1String(section) + name);
            return found == renamed.end() ? name : found->second;
        };
        if (node.type->kind() == NodeKind::Filter) {
            const QJsonObject filters = part.value(u"filters").toObject();
            m_filterNames[node.id] = filters.isEmpty() ? part.value(u"filter").toString() : newName("filters", filters.begin().key());
            return;
        }
        const QJsonObject handlers = part.value(u"handlers").toObject();
        if (handlers.isEmpty())
            return;
        QJsonObject handler = handlers.begin().value().toObject();
        if (handler.contains(u"fileConfig")) {
            // Text of an INI file that only CPython can evaluate. A dictConfig ignores the section.
            QJsonObject texts = m_others.value(u"fileConfig").toObject();
            texts.insert(QStringLiteral("handler_") + QString::fromStdString(node.id), handler.value(u"fileConfig"));
            m_others.insert(u"fileConfig", texts);
            return leaveOut(node.id, "Its arguments are code in an INI file, which a dictConfig cannot say; they stand in its "
                                     "section \"fileConfig\", which Python ignores.");
        }
        if (handler.contains(u"formatter"))
            handler.insert(u"formatter", newName("formatters", handler.value(u"formatter").toString()));
        QJsonArray filters = handler.value(u"filters").toArray();
        for (qsizetype i = 0; i < filters.size(); ++i)
            filters[i] = newName("filters", filters[i].toString());
        if (!filters.isEmpty())
            handler.insert(u"filters", filters);
        m_handlers.insert(QString::fromStdString(node.id), handler);
    }

    void writeHandler(const ChainNode &node)
    {
        const PythonHandler *python = pythonHandlerNamed(node.type->name());
        if (!python)
            return leaveOut(node.id, "Python has no " + node.type->name() + ".");
        QJsonObject handler{{QStringLiteral("class"), keyOf(python->module) + u'.' + keyOf(python->name)}};
        QJsonObject attributes;
        for (const ParamSpec &spec : node.type->params()) {
            const QString key = QString::fromStdString(spec.key);
            if (spec.key == "formatter" || spec.key == "filters")
                continue;
            const auto position = std::ranges::find(python->parameters, spec.key);
            const bool isRequired = position < python->parameters.begin() + static_cast<std::ptrdiff_t>(python->required);
            const QJsonValue value = node.params.contains(key) ? node.params.value(key) : spec.defaultValue;
            const bool isDefault = value == spec.defaultValue || (spec.type == ParamSpec::Type::Group && value.isNull());
            if (isDefault && !isRequired)
                continue;
            const bool isAttribute = std::ranges::find(python->attributes, spec.key) != python->attributes.end();
            if (python->name == "QueueHandler" && (spec.key == "capacity" || spec.key == "respect_handler_level")) {
                if (spec.key == "respect_handler_level")
                    handler.insert(key, value);
            } else if (spec.key != "level" && !isAttribute && position == python->parameters.end()) {
                leaveOut(node.id, "Python's " + node.type->name() + " has no " + spec.key + ".");
            } else if (const auto argument = paramToArgument(spec, withoutSecrets(node.id, spec, value)); !argument) {
                leaveOut(node.id, "JSON cannot say its " + spec.key + " to Python.");
            } else {
                (isAttribute ? attributes : handler).insert(key, *argument);
            }
        }
        if (!attributes.isEmpty())
            handler.insert(u".", attributes);
        if (python->name == "QueueHandler") {
            handler.insert(u"queue", QJsonObject{{QStringLiteral("()"), QStringLiteral("queue.Queue")},
                                                 {QStringLiteral("maxsize"), node.params.value(u"capacity").toInt()}});
            remark(node.id, "Python takes a QueueHandler in a dictConfig from 3.12 on.");
        }
        if (python->name == "HTTPHandler" && handler.contains(u"credentials")) {
            handler.remove(u"credentials");
            leaveOut(node.id, "Python's HTTPHandler takes credentials from a tuple only, which JSON does not have.");
        }
        if (const QJsonObject formatter = node.params.value(u"formatter").toObject(); !formatter.isEmpty())
            handler.insert(u"formatter", m_formatters.addAny(QString::fromStdString(node.id), formatterOf(formatter)));
        const QJsonArray filters = node.params.value(u"filters").toArray();
        QJsonArray names;
        for (const QJsonValue filter : filters)
            names.append(filterNamed(filter.toString()));
        if (!names.isEmpty())
            handler.insert(u"filters", names);
        m_handlers.insert(QString::fromStdString(node.id), handler);
    }

    /// A literal secret goes into no file; a reference is no more than text to Python.
    QJsonValue withoutSecrets(const std::string &id, const ParamSpec &spec, const QJsonValue &value)
    {
        if (spec.secret && !value.toString().isEmpty()) {
            if (Secret{value.toString().toStdString()}.isReference()) {
                remark(id, "Python does not follow the reference in " + spec.key + ": the program must put the secret in.");
                return value;
            }
            leaveOut(id, "Its " + spec.key + " is a secret, which is written into no file.");
            return QString();
        }
        if (spec.secretByName && value.isObject()) {
            const QJsonObject map = value.toObject();
            const QJsonObject left = withoutSecretEntries(map, spec);
            for (const QString &name : map.keys()) {
                if (!left.contains(name))
                    leaveOut(id, "Its " + spec.key + "." + name.toStdString() + " is a secret, which is written into no file.");
            }
            return left;
        }
        if (spec.type != ParamSpec::Type::Group || !value.isObject())
            return value;
        QJsonObject group = value.toObject();
        for (const ParamSpec &member : spec.members) {
            const QString key = QString::fromStdString(member.key);
            if (group.contains(key))
                group.insert(key, withoutSecrets(id, member, group.value(key)));
        }
        return group;
    }

    /// The same of what an Unsupported node keeps.
    QJsonObject withoutSecrets(const ChainNode &node)
    {
        const QString config = node.params.value(u"config").toString();
        const QString written = visitKeptSecrets(config, {"config"}, [&](const std::vector<std::string> &path, const QString &text) -> std::optional<QString> {
            const std::string key = LiteralSecret{node.id, path, {}}.key();
            if (!isLiteralSecret(text)) {
                remark(node.id, "Python does not follow the reference in " + key + ": the program must put the secret in.");
                return std::nullopt;
            }
            leaveOut(node.id, "Its " + key + " is a secret, which is written into no file.");
            return QString();
        });
        return QJsonDocument::fromJson(written.toUtf8()).object();
    }

    /// As Python before 3.12 takes defaults too: it hands them to a factory, but not to a formatter without one.
    static QJsonObject formatterOf(const QJsonObject &params)
    {
        QJsonObject formatter = params;
        if (!formatter.contains(u"defaults"))
            return formatter;
        formatter.insert(u"()", QStringLiteral("logging.Formatter"));
        if (formatter.contains(u"format"))
            formatter.insert(u"fmt", formatter.take(u"format"));
        return formatter;
    }

    QString filterNamed(const QString &logger)
    {
        return m_filters.addAny(logger, QJsonObject{{QStringLiteral("name"), logger}});
    }

    void addFilter(const std::string &handler, const QString &name)
    {
        const QString key = QString::fromStdString(handler);
        QJsonObject object = m_handlers.value(key).toObject();
        QJsonArray filters = object.value(u"filters").toArray();
        if (!filters.contains(name))
            filters.append(name);
        object.insert(u"filters", filters);
        m_handlers.insert(key, object);
    }

    /// A filter before a handler is one of the handler's own if all records come to the handler through it.
    void writeFilter(const ChainNode &node)
    {
        const bool isOwn = node.type->isUnsupported();
        if (!isOwn && node.type->name() != "Filter")
            return leaveOut(node.id, "A filter that Python has not: what it would hold back passes.");
        const QString name = isOwn ? m_filterNames[node.id] : filterNamed(node.params.value(u"name").toString());
        for (const Wire &wire : m_chain.wires()) {
            const ChainNode *to = m_chain.node(wire.to);
            if (wire.from != node.id || !to)
                continue;
            for (const std::string &handler : handlersBehind(wire.to)) {
                if (isOwn || !isPassedBy(node.id, handler))
                    addFilter(handler, name);
                else
                    leaveOut(node.id, "A filter on some of the ways to \"" + handler + "\" only.");
            }
            if (to->type->kind() == NodeKind::Logger && isOwn)
                m_loggerFilters[wire.to].append(name);
            else if (to->type->kind() == NodeKind::Logger)
                leaveOut(node.id, "A filter before the loggers.");
        }
    }

    /// Whether records come to a handler on a way without the filter.
    bool isPassedBy(const std::string &filter, const std::string &handler) const
    {
        std::set<std::string> seen{filter};
        std::vector<std::string> open{handler};
        while (!open.empty()) {
            const std::string id = open.back();
            open.pop_back();
            const ChainNode *node = m_chain.node(id);
            if (!node || !seen.insert(id).second)
                continue;
            if (node->type->kind() == NodeKind::Receiver || node->type->kind() == NodeKind::Logger)
                return true;
            for (const Wire &wire : m_chain.wires()) {
                if (wire.to == id && wire.port == "out")
                    open.push_back(wire.from);
            }
        }
        return false;
    }

    /// The handlers that records come to from a node without passing loggers: it, or those behind it if it is a filter.
    std::vector<std::string> handlersBehind(const std::string &start) const
    {
        std::vector<std::string> found;
        std::set<std::string> seen;
        std::vector<std::string> open{start};
        while (!open.empty()) {
            const std::string id = open.back();
            open.pop_back();
            const ChainNode *node = m_chain.node(id);
            if (!node || !seen.insert(id).second)
                continue;
            if (node->type->kind() == NodeKind::Handler && m_handlers.contains(QString::fromStdString(id)))
                found.push_back(id);
            if (node->type->kind() != NodeKind::Filter)
                continue;
            for (auto wire = m_chain.wires().rbegin(); wire != m_chain.wires().rend(); ++wire) {
                if (wire->from == id)
                    open.push_back(wire->to);
            }
        }
        return found;
    }

    void writeLogger(const ChainNode &node)
    {
        const QString name = node.params.value(u"name").toString();
        const bool isRoot = name.isEmpty() || name == u"root";
        QJsonObject logger;
        for (const char *key : {"level", "propagate"}) {
            if (const QJsonValue value = node.params.value(QLatin1String(key)); !value.isUndefined() && !(isRoot && key[0] == 'p'))
                logger.insert(QLatin1String(key), value);
        }
        if (node.params.value(u"disabled").toBool())
            leaveOut(node.id, "A dictConfig cannot disable a logger.");
        QJsonArray filters;
        for (const QJsonValue filter : node.params.value(u"filters").toArray())
            filters.append(filterNamed(filter.toString()));
        for (const QJsonValue filter : std::as_const(m_loggerFilters[node.id]))
            filters.append(filter);
        if (!filters.isEmpty())
            logger.insert(u"filters", filters);
        QJsonArray handlers;
        for (const Wire &wire : m_chain.wires()) {
            if (wire.from == node.id)
                addNames(handlers, handlersBehind(wire.to));
        }
        if (!handlers.isEmpty())
            logger.insert(u"handlers", handlers);
        if (isRoot)
            m_root = logger;
        else
            m_loggers.insert(name, logger);
    }

    static void addNames(QJsonArray &names, const std::vector<std::string> &added)
    {
        for (const std::string &name : added) {
            if (!names.contains(QString::fromStdString(name)))
                names.append(QString::fromStdString(name));
        }
    }

    void writeWires()
    {
        QJsonArray direct;
        for (const Wire &wire : m_chain.wires()) {
            const ChainNode *from = m_chain.node(wire.from);
            const ChainNode *to = m_chain.node(wire.to);
            if (!from || !to)
                continue;
            if (wire.queue || wire.whenFull)
                leaveOut(wire.from + " → " + wire.to, "The size of a queue before a handler, and what becomes of records when it is full.");
            const QString source = QString::fromStdString(wire.from);
            if (from->type->kind() == NodeKind::Handler && m_handlers.contains(source))
                writeTarget(wire, source);
            else if (from->type->kind() == NodeKind::Receiver && to->type->kind() != NodeKind::Logger) {
                const std::vector<std::string> handlers = handlersBehind(wire.to);
                if (m_hasLoggers && !handlers.empty())
                    leaveOut(wire.from + " → " + wire.to, "A way past the loggers.");
                else
                    addNames(direct, handlers);
            }
        }
        // Without loggers everything comes to the handlers: in Python they are the root logger's.
        if (!m_hasLoggers)
            m_root = {{QStringLiteral("level"), QStringLiteral("NOTSET")}, {QStringLiteral("handlers"), direct}};
    }

    void writeTarget(const Wire &wire, const QString &source)
    {
        const QString target = QString::fromStdString(wire.to);
        if (!m_handlers.contains(target))
            return leaveOut(wire.from + " → " + wire.to, "The target is no handler that Python has.");
        QJsonObject object = m_handlers.value(source).toObject();
        if (wire.port == "handlers") {
            QJsonArray handlers = object.value(u"handlers").toArray();
            handlers.append(target);
            object.insert(u"handlers", handlers);
        } else {
            object.insert(QString::fromStdString(wire.port), target);
        }
        m_handlers.insert(source, object);
    }

    std::string text() const
    {
        QByteArray out = "{\n    \"version\": 1,\n    \"disable_existing_loggers\": false";
        const auto add = [&](const QString &key, const QJsonValue &value) {
            QByteArray part = QJsonDocument(QJsonObject{{key, value}}).toJson(QJsonDocument::Indented).trimmed();
            out += ",\n    " + part.mid(1, part.size() - 2).trimmed();
        };
        if (!m_formatters.parts().isEmpty())
            add(QStringLiteral("formatters"), m_formatters.parts());
        if (!m_filters.parts().isEmpty())
            add(QStringLiteral("filters"), m_filters.parts());
        add(QStringLiteral("handlers"), m_handlers);
        if (!m_loggers.isEmpty())
            add(QStringLiteral("loggers"), m_loggers);
        if (!m_root.isEmpty())
            add(QStringLiteral("root"), m_root);
        for (auto it = m_others.begin(); it != m_others.end(); ++it)
            add(it.key(), it.value());
        return (out + "\n}\n").toStdString();
    }

    const Chain &m_chain;
    WrittenDictConfig m_out;
    NamedParts m_formatters;
    NamedParts m_filters;
    QJsonObject m_handlers;
    QJsonObject m_loggers;
    QJsonObject m_root;
    QJsonObject m_others;
    std::map<std::string, QString> m_filterNames;      ///< of filters that cannot be run, by node id
    std::map<std::string, QJsonArray> m_loggerFilters; ///< of those whose owner is a logger
    bool m_hasLoggers = false;
};

} // namespace

WrittenDictConfig dictConfigText(const Chain &chain) { return DictConfigWriter(chain).write(); }

} // namespace sluice
