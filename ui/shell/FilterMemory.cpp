#include "shell/FilterMemory.h"

#include "console/FilterHistory.h"
#include "console/FilterJson.h"
#include "shell/Settings.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype maxName = 80;

} // namespace

FilterMemory::FilterMemory(Settings &settings, QObject *parent) : QObject(parent), m_settings(settings) { read(); }

QStringList FilterMemory::history() const
{
    return FilterHistory(m_settings.value(setting::filterHistory).toStringList()).entries();
}

void FilterMemory::setHistory(const QStringList &entries) { m_settings.setValue(setting::filterHistory, entries); }

void FilterMemory::save(const QString &name, const CaptureFilter &filter)
{
    const QString plain = name.simplified().left(maxName);
    if (plain.isEmpty())
        return;
    std::erase_if(m_saved, [&](const Saved &saved) { return saved.name == plain; });
    if (m_saved.size() >= maxSaved)
        return;
    m_saved.push_back({plain, filter});
    std::ranges::sort(m_saved, [](const Saved &a, const Saved &b) { return a.name.localeAwareCompare(b.name) < 0; });
    write();
}

void FilterMemory::remove(const QString &name)
{
    std::erase_if(m_saved, [&](const Saved &saved) { return saved.name == name; });
    write();
}

void FilterMemory::read()
{
    const QByteArray kept = m_settings.value(setting::savedFilters).toString().toUtf8();
    for (const QJsonValue &value : QJsonDocument::fromJson(kept).array()) {
        const QJsonObject object = value.toObject();
        const QString name = object[QStringLiteral("name")].toString().simplified().left(maxName);
        if (!name.isEmpty() && m_saved.size() < maxSaved)
            m_saved.push_back({name, filterjson::fromJson(object[QStringLiteral("filter")].toObject())});
    }
}

void FilterMemory::write()
{
    QJsonArray kept;
    for (const Saved &saved : m_saved)
        kept.append(QJsonObject{{QStringLiteral("name"), saved.name},
                                {QStringLiteral("filter"), filterjson::toJson(saved.filter)}});
    m_settings.setValue(setting::savedFilters, QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)));
}

} // namespace sluice
