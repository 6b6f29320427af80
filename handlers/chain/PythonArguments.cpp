#include "chain/PythonArguments.h"

#include "chain/PythonConstants.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace sluice {

namespace {

constexpr QStringView external = u"ext://";

/// The value with every "ext://" looked up; those that lead to nothing known stay.
QJsonValue lookedUp(const QJsonValue &value)
{
    if (value.isString() && value.toString().startsWith(external))
        return pythonConstant(value.toString().mid(external.size())).value_or(value);
    if (!value.isArray())
        return value;
    QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        array[i] = lookedUp(array[i]);
    return array;
}

bool hasChoice(const ParamSpec &spec, const char *choice)
{
    return std::ranges::find(spec.choices, choice) != spec.choices.end();
}

QJsonValue choiceOf(const ParamSpec &spec, const QJsonValue &value)
{
    // HTTPHandler takes "post" for POST.
    const QString upper = value.toString().toUpper();
    if (!hasChoice(spec, value.toString().toUtf8().constData()) && hasChoice(spec, upper.toUtf8().constData()))
        return upper;
    if (!value.isDouble())
        return value;
    if (hasChoice(spec, "tcp") && hasChoice(spec, "udp"))
        return value.toInt() == 1 ? QJsonValue(QStringLiteral("tcp")) : value.toInt() == 2 ? QStringLiteral("udp") : value;
    if (spec.key == "facility") {
        const QString name = facilityOfNumber(value.toInt(-1));
        return name.isEmpty() ? value : QJsonValue(name);
    }
    return value;
}

/// A tuple: the members of the group, in their order.
QJsonValue groupOf(const ParamSpec &spec, const QJsonArray &tuple)
{
    if (tuple.size() > static_cast<qsizetype>(spec.members.size()))
        return tuple;
    QJsonObject group;
    for (qsizetype i = 0; i < tuple.size(); ++i) {
        const ParamSpec &member = spec.members[static_cast<std::size_t>(i)];
        if (!tuple[i].isNull() || member.optional)
            group.insert(QString::fromStdString(member.key), tuple[i]);
    }
    return group;
}

QJsonValue tupleOf(const ParamSpec &spec, const QJsonObject &group)
{
    QJsonArray tuple;
    qsizetype said = 0;
    for (const ParamSpec &member : spec.members) {
        const QJsonValue value = group.value(QString::fromStdString(member.key));
        tuple.append(value.isUndefined() ? member.defaultValue : value);
        if (!value.isUndefined())
            said = tuple.size();
    }
    while (tuple.size() > said)
        tuple.removeLast();
    return tuple;
}

} // namespace

bool pythonTruth(const QJsonValue &value)
{
    return value.toBool() || value.toDouble() != 0 || !value.toString().isEmpty() || !value.toArray().isEmpty() ||
           !value.toObject().isEmpty();
}

bool refersToProgram(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().startsWith(external) && !pythonConstant(value.toString().mid(external.size()));
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::ranges::any_of(array, [](const QJsonValue &item) { return refersToProgram(item); });
    }
    const QJsonObject object = value.toObject();
    return std::ranges::any_of(object, [](const QJsonValue &item) { return refersToProgram(item); });
}

std::optional<QJsonValue> argumentToParam(const ParamSpec &spec, const QJsonValue &argument)
{
    if (refersToProgram(argument))
        return std::nullopt;
    const QJsonValue value = lookedUp(argument);
    if (spec.type == ParamSpec::Type::Boolean)
        return value.isBool() ? value : QJsonValue(pythonTruth(value));
    if (value.isNull())
        return spec.optional ? value : QJsonValue(QJsonValue::Undefined);
    switch (spec.type) {
    case ParamSpec::Type::Choice: return choiceOf(spec, value);
    case ParamSpec::Type::TextList: return value.isString() ? QJsonValue(QJsonArray{value}) : value;
    case ParamSpec::Type::Group: return value.isArray() ? groupOf(spec, value.toArray()) : value;
    case ParamSpec::Type::Integer:
    case ParamSpec::Type::Real: return value.isBool() ? QJsonValue(value.toBool() ? 1 : 0) : value;
    default: return value;
    }
}

std::optional<QJsonValue> paramToArgument(const ParamSpec &spec, const QJsonValue &value)
{
    const QString text = value.toString();
    if (spec.type == ParamSpec::Type::Group && value.isObject())
        return tupleOf(spec, value.toObject());
    if (spec.key == "stream")
        return QJsonValue(QStringLiteral("ext://sys.") + text);
    if (spec.key == "socktype" && !value.isNull()) {
        if (text == u"tcp" || text == u"udp")
            return QJsonValue(text == u"tcp" ? QStringLiteral("ext://socket.SOCK_STREAM") : QStringLiteral("ext://socket.SOCK_DGRAM"));
        return std::nullopt;
    }
    if (spec.key == "atTime" && !value.isNull()) {
        if (text == u"00:00" || text == u"00:00:00")
            return QJsonValue(QStringLiteral("ext://datetime.time.min"));
        if (text == u"23:59:59")
            return QJsonValue(QStringLiteral("ext://datetime.time.max"));
        return std::nullopt;
    }
    // Python before 3.13 compares the level of a flush as a number.
    if (spec.type == ParamSpec::Type::Level && spec.key != "level")
        return levelFromJson(value) ? QJsonValue(*levelFromJson(value)) : value;
    return value;
}

} // namespace sluice
