#include "chain/DictConfigReader.h"

#include "chain/DictConfigParts.h"
#include "chain/DictConfigReferences.h"
#include "chain/HandlerArguments.h"
#include "chain/NodeRegistry.h"
#include "chain/PythonArguments.h"
#include "chain/PythonHandlers.h"
#include "chain/UnsupportedNodes.h"

#include <QJsonArray>

#include <algorithm>
#include <set>

namespace sluice {

namespace {

/// Far above what a person writes; a file beyond is an accident or an attack.
constexpr qsizetype maxNodes = 2000;

class DictConfigReader
{
public:
    DictConfigReader(const QJsonObject &config, const std::vector<std::string> &order)
        : m_written(config), m_config(resolveReferences(config, m_out.problems)), m_parts(m_config, m_out.problems), m_order(order)
    {
    }

    DictConfig read()
    {
        if (m_config.value(u"version") != QJsonValue(1))
            problem("$.version", "The version of a dictConfig must be 1.");
        if (pythonTruth(m_config.value(u"incremental")))
            problem("$.incremental", "An incremental configuration changes a program that has one; here is none to change.");
        qsizetype entries = 0;
        for (const char *name : {"formatters", "filters", "handlers", "loggers"}) {
            if (const QJsonValue value = m_config.value(QLatin1String(name)); !value.isUndefined() && !value.isObject())
                problem(std::string("$.") + name, std::string(name) + " must be an object.");
            entries += section(name).size();
        }
        if (entries > maxNodes) {
            problem("$", "There are " + std::to_string(entries) + " formatters, filters, handlers and loggers; at most " +
                             std::to_string(maxNodes) + " can be read.");
            return std::move(m_out);
        }
        readHandlers();
        readLoggers();
        addFilterNodes();
        keepUnusedParts();
        if (m_out.chain.nodes().size() > static_cast<std::size_t>(2 * maxNodes))
            problem("$.filters", "There are more filters on handlers than can be shown.");
        // What is left to be wrong between nodes are handlers that are each other's targets.
        else if (m_out.problems.empty()) {
            for (const Problem &wiring : m_out.chain.checkWiring())
                problem("$.handlers", wiring.text);
        }
        return std::move(m_out);
    }

private:
    /// A filter that cannot be run, and whose it is.
    struct FilterUse
    {
        QString filter;
        std::string owner; ///< node id
    };

    QJsonObject section(const char *name) const { return m_config.value(QLatin1String(name)).toObject(); }
    void problem(const std::string &path, const std::string &sentence) { m_out.problems.push_back({path, sentence}); }
    /// A filter of several handlers is said once.
    void unsupported(const std::string &path, const std::string &reason)
    {
        if (std::ranges::find(m_out.unsupported, Problem{path, reason}) == m_out.unsupported.end())
            m_out.unsupported.push_back({path, reason});
    }

    /// Handlers that must be made before one: its target, or those behind its queue.
    std::vector<QString> targetsOf(const QJsonObject &handler) const
    {
        std::vector<QString> targets;
        if (const QString target = handler.value(u"target").toString(); !target.isEmpty())
            targets.push_back(target);
        const QJsonArray handlers = handler.value(u"handlers").toArray();
        for (const QJsonValue name : handlers)
            targets.push_back(name.toString());
        return targets;
    }

    void readHandlers()
    {
        const QJsonObject handlers = section("handlers");
        // Python makes them sorted by name, and those with a target that is not made yet at the end. Closing
        // goes backwards, so the order decides what a last flush still finds open.
        std::vector<std::string> names = m_order;
        if (names.empty()) {
            for (const QString &key : handlers.keys())
                names.push_back(key.toStdString());
            std::ranges::sort(names);
        }
        std::vector<std::string> deferred;
        std::set<QString> made;
        for (const std::string &name : names) {
            const QString key = QString::fromStdString(name);
            const std::vector<QString> targets = targetsOf(handlers.value(key).toObject());
            const bool isEarly = std::ranges::any_of(
                targets, [&](const QString &target) { return handlers.contains(target) && !made.contains(target); });
            if (isEarly && m_order.empty())
                deferred.push_back(name);
            else {
                readHandler(name, handlers.value(key));
                made.insert(key);
            }
        }
        for (const std::string &name : deferred)
            readHandler(name, handlers.value(QString::fromStdString(name)));
        for (const Wire &wire : m_targets)
            m_out.chain.addWire(wire);
    }

    void readHandler(const std::string &name, const QJsonValue &value)
    {
        const std::string path = "$.handlers." + name;
        const QJsonObject object = value.toObject();
        if (!value.isObject())
            return problem(path, "A handler must be an object.");
        const bool isFactory = object.contains(u"()");
        if (!isFactory && !object.contains(u"class"))
            return problem(path, "class is missing: a handler needs one.");
        const QString key = isFactory ? QStringLiteral("()") : QStringLiteral("class");
        const QString klass = object.value(key).toString();
        const PythonHandler *python = pythonHandlerAt(klass);
        if (!python && isInLoggingModule(klass))
            return problem(path + "." + key.toStdString(), "There is no handler " + quotedInSentence(klass) + " in Python.");
        const NodeType *type = python ? NodeRegistry::builtin().find(python->name) : nullptr;

        std::string reason;
        QJsonObject params;
        // What fileConfig says beyond literals: chain/FileConfigReader.h.
        if (const QJsonObject ini = object.value(u"fileConfig").toObject(); !ini.isEmpty())
            reason = ini.value(u"because").toString().toStdString();
        else if (!python)
            reason = "The handler is made by " + quotedInSentence(object.value(key)) + ", code of its own, which is not run here.";
        else if (!type)
            reason = "Python's " + std::string(python->name) + " cannot be run here.";
        if (reason.empty()) {
            HandlerArguments arguments = readHandlerArguments(object, *python, *type, m_parts);
            params = arguments.params;
            reason = arguments.reason;
            if (python->name == "QueueHandler" && !object.contains(u"queue") && !object.contains(u"handlers"))
                problem(path, "queue is missing: a QueueHandler needs one.");
        }
        const std::vector<Wire> targets = reason.empty() ? targetWires(name, object, *type, path) : std::vector<Wire>();
        const DictConfigParts::FilterList filters = m_parts.filterList(object.value(u"filters"), path + ".filters", m_out.problems);
        checkFormatterIsThere(object.value(u"formatter"), path);

        ChainNode node;
        if (reason.empty()) {
            node.id = name;
            node.type = type;
            node.params = params;
            m_targets.insert(m_targets.end(), targets.begin(), targets.end());
            for (const QString &filter : filters.unsupported)
                m_filterUses.push_back({filter, name});
        } else {
            node = unsupportedNode(name, false, partOfHandler(name, object), reason);
            if (const QJsonValue level = object.value(u"level"); levelFromJson(level))
                node.params.insert(u"level", level);
            unsupported(path, reason);
        }
        if (!filters.loggers.isEmpty())
            node.params.insert(u"filters", filters.loggers);
        const Problems found = node.type->check(node.params, path);
        std::ranges::copy_if(found, std::back_inserter(m_out.problems), [&](const Problem &one) {
            return !one.place.starts_with(path + ".formatter."); // said of the formatter already
        });
        m_out.chain.addNode(std::move(node));
    }

    QJsonObject partOfHandler(const std::string &name, const QJsonObject &object)
    {
        m_usedFormatters.insert(object.value(u"formatter").toString());
        const QJsonArray filters = object.value(u"filters").toArray();
        for (const QJsonValue filter : filters)
            m_usedFilters.insert(filter.toString());
        return partOfDictConfig(m_written, QStringLiteral("handlers"), QString::fromStdString(name));
    }

    void checkFormatterIsThere(const QJsonValue &name, const std::string &path)
    {
        if (pythonTruth(name) && !m_parts.formatter(name.toString()))
            problem(path + ".formatter", "There is no formatter " + quotedInSentence(name) + ".");
    }

    std::vector<Wire> targetWires(const std::string &name, const QJsonObject &object, const NodeType &type, const std::string &path)
    {
        std::vector<Wire> wires;
        const QJsonValue target = object.value(u"target");
        if (type.output("target") && pythonTruth(target)) {
            if (section("handlers").contains(target.toString()))
                wires.push_back({name, "target", target.toString().toStdString(), {}, {}});
            else
                problem(path + ".target", "There is no handler " + quotedInSentence(target) + ".");
        }
        if (type.output("handlers"))
            namedHandlers(object.value(u"handlers"), path + ".handlers",
                          [&](const std::string &handler) { wires.push_back({name, "handlers", handler, {}, {}}); });
        return wires;
    }

    template <typename Add>
    void namedHandlers(const QJsonValue &names, const std::string &path, Add add)
    {
        if (pythonTruth(names) && !names.isArray())
            return problem(path, "handlers must be a list of names.");
        const QJsonArray list = names.toArray();
        std::set<QString> added;
        for (qsizetype i = 0; i < list.size(); ++i) {
            const QString name = list[i].toString();
            if (!section("handlers").contains(name))
                problem(path + "[" + std::to_string(i) + "]", "There is no handler " + quotedInSentence(list[i]) + ".");
            else if (added.insert(name).second)
                add(name.toStdString());
        }
    }

    void readLoggers()
    {
        const QJsonObject loggers = section("loggers");
        for (auto it = loggers.begin(); it != loggers.end(); ++it)
            readLogger(it.key(), it.value(), "$.loggers." + it.key().toStdString());
        if (const QJsonValue root = m_config.value(u"root"); pythonTruth(root) || !m_hasRoot)
            readLogger(QString(), root, "$.root");
    }

    void readLogger(const QString &name, const QJsonValue &value, const std::string &path)
    {
        if (!value.isObject() && !(name.isEmpty() && !pythonTruth(value)))
            return problem(path, "A logger must be an object.");
        const QJsonObject object = value.toObject();
        const bool isRoot = name.isEmpty() || name == u"root";
        m_hasRoot = m_hasRoot || isRoot;
        ChainNode node;
        node.id = "logger " + (isRoot ? "root" : name.toStdString());
        node.type = NodeRegistry::builtin().find("Logger");
        if (m_out.chain.node(node.id) && isRoot)
            return problem(path, "The root logger is configured twice.");
        if (!isRoot)
            node.params.insert(u"name", name);
        // The root has a level from the start; a configuration without one leaves it.
        const QJsonValue level = object.value(u"level");
        if (!level.isUndefined() && !level.isNull())
            node.params.insert(u"level", argumentToParam(*node.type->param("level"), level).value_or(level));
        else if (isRoot)
            node.params.insert(u"level", QStringLiteral("WARNING"));
        if (const QJsonValue propagate = object.value(u"propagate"); !isRoot && !propagate.isUndefined() && !propagate.isNull())
            node.params.insert(u"propagate", pythonTruth(propagate));
        const DictConfigParts::FilterList filters = m_parts.filterList(object.value(u"filters"), path + ".filters", m_out.problems);
        if (!filters.loggers.isEmpty())
            node.params.insert(u"filters", filters.loggers);
        const Problems found = node.type->check(node.params, path);
        m_out.problems.insert(m_out.problems.end(), found.begin(), found.end());
        const std::string id = m_out.chain.addNode(std::move(node));
        for (const QString &filter : filters.unsupported)
            m_filterUses.push_back({filter, id});
        namedHandlers(object.value(u"handlers"), path + ".handlers",
                      [&](const std::string &handler) { m_loggerWires.push_back({id, "out", handler, {}, {}}); });
    }

    /// Puts filters that cannot be run in front of those whose they are. They pass everything, so a wire to a target, whose
    /// rules are others than those of ordinary wires, need not lead through them.
    void addFilterNodes()
    {
        std::map<std::string, std::string> entrances; // of a handler: the first of its filters
        for (auto use = m_filterUses.rbegin(); use != m_filterUses.rend(); ++use) {
            const std::string name = use->filter.toStdString();
            const DictConfigParts::Filter *filter = m_parts.filter(use->filter);
            m_usedFilters.insert(use->filter);
            const QJsonObject part = filter ? partOfDictConfig(m_written, QStringLiteral("filters"), use->filter)
                                            : QJsonObject{{QStringLiteral("filter"), use->filter}};
            const std::string reason = filter ? filter->reason : "The filter \"" + name + "\" is an object of its program, which is not here: all records pass.";
            const std::string id = m_out.chain.addNode(unsupportedNode(name + " of " + use->owner, true, part, reason));
            unsupported("$.filters." + name, reason);
            const auto entrance = entrances.try_emplace(use->owner, use->owner).first;
            m_out.chain.addWire({id, "out", entrance->second, {}, {}});
            entrance->second = id;
        }
        for (Wire wire : m_loggerWires) {
            if (const auto entrance = entrances.find(wire.to); entrance != entrances.end())
                wire.to = entrance->second;
            m_out.chain.addWire(std::move(wire));
        }
    }

    /// What cannot be run and is used by none is kept as well.
    void keepUnusedParts()
    {
        for (const auto &[name, formatter] : m_parts.formatters()) {
            if (!formatter.reason.empty() && !m_usedFormatters.contains(name))
                keep("formatters", name, "formatter " + name.toStdString(), false, formatter.reason);
        }
        for (const auto &[name, filter] : m_parts.filters()) {
            if (!filter.reason.empty() && !m_usedFilters.contains(name))
                keep("filters", name, "filter " + name.toStdString(), true, filter.reason);
        }
    }

    void keep(const char *section, const QString &name, const std::string &id, bool isFilter, const std::string &reason)
    {
        const QJsonObject part = partOfDictConfig(m_written, QLatin1String(section), name);
        m_out.chain.addNode(unsupportedNode(id, isFilter, part, reason));
        unsupported(std::string("$.") + section + "." + name.toStdString(), reason);
    }

    DictConfig m_out;
    const QJsonObject m_written;
    const QJsonObject m_config;
    const DictConfigParts m_parts;
    const std::vector<std::string> &m_order;
    std::vector<Wire> m_targets;
    std::vector<Wire> m_loggerWires;
    std::vector<FilterUse> m_filterUses;
    std::set<QString> m_usedFormatters;
    std::set<QString> m_usedFilters;
    bool m_hasRoot = false;
};

} // namespace

DictConfig readDictConfig(const QJsonObject &object, const std::vector<std::string> &order)
{
    return DictConfigReader(object, order).read();
}

} // namespace sluice
