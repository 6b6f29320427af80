#include "console/FilterJson.h"

#include "console/FilterParts.h"
#include "console/Words.h"

#include <QJsonArray>

namespace sluice::filterjson {

namespace {

constexpr qsizetype maxText = 10'000;
constexpr std::size_t maxLoggers = 1'000;

/// JSON's numbers lose nanoseconds.
QString fromTime(Nanoseconds time) { return QString::number(time); }

std::optional<Nanoseconds> toTime(const QJsonValue &value)
{
    bool ok = false;
    const qlonglong time = value.toString().toLongLong(&ok);
    return ok ? std::optional<Nanoseconds>(time) : std::nullopt;
}

} // namespace

QJsonObject toJson(const CaptureFilter &filter)
{
    QJsonObject object;
    if (!filter.text.empty())
        object[QStringLiteral("text")] = QString::fromStdString(filter.text);
    if (!filter.levels.isAll()) {
        QJsonArray levels;
        for (int i = 0; i < severityCount; ++i) {
            if (filter.levels.contains(static_cast<Severity>(i)))
                levels.append(words::levelName(static_cast<Severity>(i)));
        }
        object[QStringLiteral("levels")] = levels;
    }
    QJsonArray loggers;
    for (const std::string &logger : filter.loggers)
        loggers.append(QString::fromStdString(logger));
    if (!loggers.isEmpty())
        object[QStringLiteral("loggers")] = loggers;
    QJsonArray expressions;
    for (const CaptureFilter::Part &part : filter.expressions) {
        QJsonObject written{{QStringLiteral("text"), QString::fromStdString(part.text)}};
        if (!part.on)
            written[QStringLiteral("on")] = false;
        if (part.always)
            written[QStringLiteral("always")] = true;
        expressions.append(written);
    }
    if (!expressions.isEmpty())
        object[QStringLiteral("expressions")] = expressions;
    if (filter.from)
        object[QStringLiteral("from")] = fromTime(*filter.from);
    if (filter.until)
        object[QStringLiteral("until")] = fromTime(*filter.until);
    return object;
}

CaptureFilter fromJson(const QJsonObject &object)
{
    CaptureFilter filter;
    filter.text = object[QStringLiteral("text")].toString().left(maxText).toStdString();
    if (const QJsonValue levels = object[QStringLiteral("levels")]; levels.isArray()) {
        for (int i = 0; i < severityCount; ++i) {
            const auto severity = static_cast<Severity>(i);
            filter.levels.set(severity, levels.toArray().contains(words::levelName(severity)));
        }
    }
    for (const QJsonValue &logger : object[QStringLiteral("loggers")].toArray()) {
        if (filter.loggers.size() < maxLoggers && logger.isString())
            filter.loggers.push_back(logger.toString().left(maxText).toStdString());
    }
    for (const QJsonValue &value : object[QStringLiteral("expressions")].toArray()) {
        const QJsonObject part = value.toObject();
        const QString text = part[QStringLiteral("text")].toString();
        if (!text.trimmed().isEmpty() && text.size() <= maxText)
            filterparts::add(filter, {text.toStdString(), part[QStringLiteral("on")].toBool(true),
                                      part[QStringLiteral("always")].toBool(false)});
    }
    filter.from = toTime(object[QStringLiteral("from")]);
    filter.until = toTime(object[QStringLiteral("until")]);
    return filter;
}

} // namespace sluice::filterjson
