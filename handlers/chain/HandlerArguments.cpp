#include "chain/HandlerArguments.h"

#include "chain/PythonArguments.h"

#include <algorithm>
#include <optional>
#include <set>

namespace sluice {

namespace {

/// Python passes only keys that are identifiers to a constructor.
bool isIdentifier(const QString &key)
{
    const auto isStart = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; };
    return !key.isEmpty() && isStart(key[0]) &&
           std::all_of(key.begin(), key.end(), [&](QChar c) { return isStart(c) || (c >= u'0' && c <= u'9'); });
}

/// A queue as QueueHandler takes it from Python 3.12 on: its capacity, or nothing if it is of another kind.
std::optional<int> capacityOf(const QJsonValue &queue)
{
    static const std::set<QString> classes = {QStringLiteral("queue.Queue"), QStringLiteral("queue.SimpleQueue"),
                                              QStringLiteral("multiprocessing.Queue")};
    if (!pythonTruth(queue))
        return 0;
    const QJsonObject object = queue.toObject();
    if (!classes.contains(queue.isString() ? queue.toString() : object.value(u"()").toString()))
        return std::nullopt;
    return std::max(0, object.value(u"maxsize").toInt());
}

class ArgumentReader
{
public:
    ArgumentReader(const PythonHandler &python, const NodeType &type, const DictConfigParts &parts)
        : m_python(python), m_type(type), m_parts(parts)
    {
    }

    HandlerArguments read(const QJsonObject &section)
    {
        for (auto it = section.begin(); it != section.end(); ++it)
            readKey(it.key(), it.value());
        // Attributes that are set after construction, as {".": {"terminator": "\r\n"}}.
        const QJsonObject attributes = section.value(u".").toObject();
        for (auto it = attributes.begin(); it != attributes.end(); ++it)
            insert(it.key(), it.value());
        return std::move(m_out);
    }

private:
    void readKey(const QString &key, const QJsonValue &value)
    {
        const bool isWire = (key == u"target" || key == u"handlers") && m_type.output(key.toStdString());
        if (key == u"class" || key == u"filters" || !isIdentifier(key) || isWire || (key == u"level" && value.isNull()))
            return;
        if (key == u"formatter")
            insertFormatter(value.toString());
        else if (m_python.name == "QueueHandler" && key == u"queue")
            insertQueue(value);
        else if (m_python.name == "QueueHandler" && key == u"listener")
            checkListener(value);
        else
            insert(key, value);
    }

    void insertFormatter(const QString &name)
    {
        const DictConfigParts::Formatter *formatter = m_parts.formatter(name);
        if (formatter && !formatter->reason.empty())
            m_out.reason = formatter->reason;
        else if (formatter)
            m_out.params.insert(u"formatter", formatter->params);
    }

    void insert(const QString &key, const QJsonValue &value)
    {
        const ParamSpec *spec = m_type.param(key.toStdString());
        const std::optional<QJsonValue> param = spec                     ? argumentToParam(*spec, value)
                                                : refersToProgram(value) ? std::nullopt
                                                                         : std::optional<QJsonValue>(value);
        if (!param)
            m_out.reason = "Its " + key.toStdString() + " is an object of its program, which is not here.";
        // What Python knows and the node does not may be said to be None, as it is without it.
        else if (!param->isUndefined() && (spec || !value.isNull() || !m_python.takes(key.toStdString())))
            m_out.params.insert(key, *param);
    }

    void insertQueue(const QJsonValue &value)
    {
        const std::optional<int> capacity = capacityOf(value);
        if (!capacity)
            m_out.reason = "Its queue is made by " + quotedInSentence(value.isObject() ? value.toObject().value(u"()") : value) +
                           ", code of its own, which is not run here.";
        else if (*capacity > 0)
            m_out.params.insert(u"capacity", *capacity);
    }

    void checkListener(const QJsonValue &value)
    {
        const QString name = value.toString();
        const QString standard = QStringLiteral("logging.handlers.QueueListener");
        if (pythonTruth(value) && name != standard && name != QStringLiteral("ext://") + standard)
            m_out.reason = "Its listener is made by " + quotedInSentence(value) + ", code of its own, which is not run here.";
    }

    const PythonHandler &m_python;
    const NodeType &m_type;
    const DictConfigParts &m_parts;
    HandlerArguments m_out;
};

} // namespace

HandlerArguments readHandlerArguments(const QJsonObject &section, const PythonHandler &python, const NodeType &type,
                                      const DictConfigParts &parts)
{
    return ArgumentReader(python, type, parts).read(section);
}

} // namespace sluice
