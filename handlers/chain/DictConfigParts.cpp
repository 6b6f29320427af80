#include "chain/DictConfigParts.h"

#include "chain/NodeRegistry.h"
#include "chain/PythonArguments.h"

namespace sluice {

namespace {

/// Python writes a default that is no text as str() does; numbers and truth values are what JSON has.
QJsonObject defaultsAsText(QJsonObject defaults)
{
    for (auto value = defaults.begin(); value != defaults.end(); ++value) {
        if (value.value().isBool())
            value.value() = value.value().toBool() ? QStringLiteral("True") : QStringLiteral("False");
        else if (value.value().isDouble() && value.value().toDouble() == static_cast<double>(value.value().toInteger()))
            value.value() = QString::number(value.value().toInteger());
    }
    return defaults;
}

} // namespace

std::string quotedInSentence(const QJsonValue &value)
{
    return value.isString() ? "\"" + value.toString().left(200).toStdString() + "\"" : "that";
}

DictConfigParts::DictConfigParts(const QJsonObject &config, Problems &problems)
{
    const QJsonObject formatters = config.value(u"formatters").toObject();
    for (auto it = formatters.begin(); it != formatters.end(); ++it)
        readFormatter(it.key(), it.value().toObject(), problems);
    const QJsonObject filters = config.value(u"filters").toObject();
    for (auto it = filters.begin(); it != filters.end(); ++it)
        readFilter(it.key(), it.value().toObject(), problems);
}

void DictConfigParts::readFormatter(const QString &name, const QJsonObject &object, Problems &problems)
{
    const std::string path = "$.formatters." + name.toStdString();
    const QJsonValue factory = object.value(u"()");
    const QJsonValue klass = object.value(u"class");
    const bool isFactory = !factory.isUndefined();
    const QJsonValue standard = QStringLiteral("logging.Formatter");
    if (isFactory ? factory != standard : pythonTruth(klass) && klass != standard) {
        m_formatters[name].reason = "The formatter \"" + name.toStdString() + "\" is made by " +
                                    quotedInSentence(isFactory ? factory : klass) + ", code of its own, which is not run here.";
        return;
    }
    if (refersToProgram(object)) {
        m_formatters[name].reason =
            "The formatter \"" + name.toStdString() + "\" takes an object of its program, which is not here.";
        return;
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
        formatter.insert(u"validate", pythonTruth(formatter.value(u"validate")));
    if (const QJsonObject defaults = defaultsAsText(formatter.value(u"defaults").toObject()); !defaults.isEmpty())
        formatter.insert(u"defaults", defaults);
    else if (!pythonTruth(formatter.value(u"defaults")))
        formatter.remove(u"defaults");
    const NodeType *any = NodeRegistry::builtin().find("NullHandler");
    for (const Problem &one : any->check(QJsonObject{{QStringLiteral("formatter"), formatter}}, "")) {
        const std::string below = ".formatter";
        problems.push_back({path + (one.place.starts_with(below) ? one.place.substr(below.size()) : ""), one.text});
    }
    m_formatters[name].params = formatter;
}

void DictConfigParts::readFilter(const QString &name, const QJsonObject &object, Problems &problems)
{
    const QJsonValue factory = object.value(u"()");
    const QJsonValue logger = object.value(u"name");
    const std::string words = "The filter \"" + name.toStdString() + "\" ";
    if (!factory.isUndefined() && factory != QJsonValue(QStringLiteral("logging.Filter")))
        m_filters[name].reason = words + "is made by " + quotedInSentence(factory) +
                                 ", code of its own, which is not run here: all records pass.";
    else if (refersToProgram(object))
        m_filters[name].reason = words + "takes an object of its program, which is not here: all records pass.";
    else if (!logger.isUndefined() && !logger.isString())
        problems.push_back({"$.filters." + name.toStdString() + ".name", "name must be a text."});
    m_filters[name].name = logger.toString();
}

const DictConfigParts::Formatter *DictConfigParts::formatter(const QString &name) const
{
    const auto found = m_formatters.find(name);
    return found == m_formatters.end() ? nullptr : &found->second;
}

const DictConfigParts::Filter *DictConfigParts::filter(const QString &name) const
{
    const auto found = m_filters.find(name);
    return found == m_filters.end() ? nullptr : &found->second;
}

DictConfigParts::FilterList DictConfigParts::filterList(const QJsonValue &names, const std::string &path,
                                                        Problems &problems) const
{
    FilterList list;
    if (pythonTruth(names) && !names.isArray())
        problems.push_back({path, "filters must be a list of names."});
    const QJsonArray array = names.toArray();
    std::set<QString> seen;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString name = array[i].toString();
        const Filter *found = filter(name);
        // The same filter is added once.
        if (!name.isEmpty() && !seen.insert(name).second)
            continue;
        // As from Python 3.11 on, a list may hold a filter itself.
        if (!found && name.startsWith(u"ext://"))
            list.unsupported.push_back(name);
        else if (!found)
            problems.push_back({path + "[" + std::to_string(i) + "]", "There is no filter " + quotedInSentence(array[i]) + "."});
        else if (!found->reason.empty())
            list.unsupported.push_back(name);
        // One of the empty name passes all.
        else if (!found->name.isEmpty() && !list.loggers.contains(found->name))
            list.loggers.append(found->name);
    }
    return list;
}

} // namespace sluice
