#include "console/ViewState.h"

#include "console/FilterJson.h"
#include "console/Words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTimeZone>

#include <array>

namespace sluice {

namespace {

constexpr qsizetype maxText = 10'000;
constexpr std::array kinds = {"clock", "ago", "sincePrevious", "sinceReference"};

QString tr(const char *text) { return QCoreApplication::translate("ViewState", text); }

/// The file's name. What is no file, but a wire of the chain, has its ends behind NULs.
QString nameOf(const QString &path)
{
    const QStringList wire = path.split(QChar(0));
    return wire.size() > 3 ? wire[1] + QStringLiteral(" → ") + wire[3] : path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
}

QJsonObject toJson(const TimeFormat &time)
{
    return {{QStringLiteral("kind"), QLatin1String(kinds[static_cast<std::size_t>(time.kind)])},
            {QStringLiteral("zone"), QString::fromLatin1(time.zone)},
            {QStringLiteral("date"), time.withDate},
            {QStringLiteral("digits"), time.digits}};
}

TimeFormat timeFrom(const QJsonObject &object)
{
    TimeFormat time;
    const QString kind = object[QStringLiteral("kind")].toString();
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kind == QLatin1String(kinds[i]))
            time.kind = static_cast<TimeFormat::Kind>(i);
    }
    const QByteArray zone = object[QStringLiteral("zone")].toString().left(100).toLatin1();
    if (zone == "UTC" || QTimeZone::isTimeZoneIdAvailable(zone))
        time.zone = zone;
    time.withDate = object[QStringLiteral("date")].toBool();
    const int digits = object[QStringLiteral("digits")].toInt(time.digits);
    if (digits == 0 || digits == 3 || digits == 6 || digits == 9)
        time.digits = digits;
    return time;
}

QJsonObject toJson(const ViewState::File &file)
{
    QJsonObject object{{QStringLiteral("path"), file.path}};
    if (file.choice.format != textFormats::automatic)
        object[QStringLiteral("format")] = QString::fromStdString(file.choice.format);
    if (!file.choice.pattern.empty())
        object[QStringLiteral("pattern")] = QString::fromStdString(file.choice.pattern);
    if (!file.choice.timeFormat.empty())
        object[QStringLiteral("timeFormat")] = QString::fromStdString(file.choice.timeFormat);
    return object;
}

ViewState::File fileFrom(const QJsonObject &object)
{
    const auto text = [&](const char *key) { return object[QLatin1String(key)].toString().left(maxText).toStdString(); };
    ViewState::File file;
    file.path = object[QStringLiteral("path")].toString().left(maxText);
    if (const std::string format = text("format"); !format.empty())
        file.choice = {format, text("pattern"), text("timeFormat")};
    return file;
}

SeveritySet from(Severity lowest)
{
    SeveritySet levels;
    for (int i = 0; i < static_cast<int>(lowest); ++i)
        levels.set(static_cast<Severity>(i), false);
    return levels;
}

QString levelsInWords(SeveritySet levels)
{
    if (levels == from(Severity::Error))
        return tr("Errors");
    if (levels == from(Severity::Warning))
        return tr("Warnings");
    QStringList names;
    for (int i = 0; i < severityCount; ++i) {
        if (levels.contains(static_cast<Severity>(i)))
            names << words::levelName(static_cast<Severity>(i));
    }
    return names.isEmpty() ? tr("Nothing") : names.join(QLatin1Char(' '));
}

} // namespace

QJsonObject ViewState::toJson() const
{
    QJsonArray shown;
    for (const ViewColumn &column : columns) {
        QJsonObject object{{QStringLiteral("field"), column.field}};
        if (column.width > 0)
            object[QStringLiteral("width")] = column.width;
        shown.append(object);
    }
    QJsonObject object{{QStringLiteral("filter"), filterjson::toJson(filter)},
                       {QStringLiteral("columns"), shown},
                       {QStringLiteral("time"), sluice::toJson(time)},
                       {QStringLiteral("following"), following}};
    if (byTime)
        object[QStringLiteral("order")] = QStringLiteral("time");
    if (!name.isEmpty())
        object[QStringLiteral("name")] = name;
    if (!file.path.isEmpty())
        object[QStringLiteral("file")] = sluice::toJson(file);
    if (ownWindow) {
        object[QStringLiteral("ownWindow")] = true;
        object[QStringLiteral("geometry")] = QString::fromLatin1(geometry.toBase64());
    }
    return object;
}

ViewState ViewState::fromJson(const QJsonObject &object)
{
    ViewState state;
    state.name = object[QStringLiteral("name")].toString().simplified().left(80);
    state.file = fileFrom(object[QStringLiteral("file")].toObject());
    state.filter = filterjson::fromJson(object[QStringLiteral("filter")].toObject());
    std::vector<ViewColumn> columns;
    for (const QJsonValue &value : object[QStringLiteral("columns")].toArray()) {
        const QJsonObject column = value.toObject();
        const QString field = column[QStringLiteral("field")].toString().left(512);
        const int width = column[QStringLiteral("width")].toInt();
        if (!field.isEmpty() && columns.size() < viewcolumns::maxColumns)
            columns.push_back({field, qBound(0, width, viewcolumns::maxWidth)});
    }
    if (!columns.empty())
        state.columns = std::move(columns);
    state.time = timeFrom(object[QStringLiteral("time")].toObject());
    state.byTime = object[QStringLiteral("order")].toString() == QStringLiteral("time");
    state.following = object[QStringLiteral("following")].toBool(true);
    state.ownWindow = object[QStringLiteral("ownWindow")].toBool();
    state.geometry =
        QByteArray::fromBase64(object[QStringLiteral("geometry")].toString().left(maxText).toLatin1());
    return state;
}

QString ViewState::title() const
{
    if (!name.isEmpty())
        return name;
    QStringList parts;
    if (!file.path.isEmpty())
        parts << nameOf(file.path);
    if (!filter.levels.isAll())
        parts << levelsInWords(filter.levels);
    if (filter.loggers.size() == 1)
        parts << QString::fromStdString(filter.loggers.front());
    else if (!filter.loggers.empty())
        parts << tr("%1 loggers").arg(filter.loggers.size());
    for (const CaptureFilter::Part &part : filter.expressions) {
        if (part.on && !part.always)
            parts << QString::fromStdString(part.text).simplified();
    }
    if (!filter.text.empty())
        parts << QString::fromStdString(filter.text).simplified();
    return parts.isEmpty() ? tr("All") : parts.join(QStringLiteral(" · "));
}

} // namespace sluice
