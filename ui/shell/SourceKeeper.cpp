#include "shell/SourceKeeper.h"

#include "base/NativeFile.h"
#include "shell/DamagedFile.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <utility>

namespace sluice {

namespace {

const QString fileReceiver = QStringLiteral("FileReceiver");
const QString programReceiver = QStringLiteral("ProgramReceiver");
const QString positionsKey = QStringLiteral("positions");

QString positionsFolder(const QString &recordsFolder) { return recordsFolder + QStringLiteral(".positions"); }

} // namespace

bool SourceKeeper::isKept(const QString &receiver) { return receiver == fileReceiver || receiver == programReceiver; }

SourceKeeper::Found SourceKeeper::begin(const QString &recordsFolder)
{
    Found found;
    m_path = recordsFolder + QStringLiteral(".sources");
    m_positionsFolder = positionsFolder(recordsFolder);
    if (const Status status = files::makePrivateDirectory(m_positionsFolder.toStdString()); !status)
        found.problems << QString::fromStdString(status.error().text);
    auto kept = sourcesfile::read(m_path);
    if (!kept) {
        bool isAside = false;
        found.problems << QString::fromStdString(kept.error().text) + QLatin1Char(' ') + putAside(m_path, isAside);
        if (!isAside)
            m_path.clear();
        return found;
    }
    for (KeptSource &source : *kept) {
        if (!isKept(source.receiver))
            continue;
        // Nobody has asked for a program to be run now.
        source.isStopped = source.isStopped || source.receiver == programReceiver;
        found.sources.push_back(std::move(source));
    }
    return found;
}

void SourceKeeper::keep(std::vector<KeptSource> sources)
{
    const std::lock_guard lock(m_mutex);
    m_unwritten = std::move(sources);
}

Status SourceKeeper::write()
{
    std::optional<std::vector<KeptSource>> sources;
    {
        const std::lock_guard lock(m_mutex);
        sources = std::exchange(m_unwritten, std::nullopt);
    }
    if (!sources || m_path.isEmpty())
        return {};
    return sourcesfile::write(m_path, *sources);
}

QJsonObject SourceKeeper::withPositions(const QString &receiver, QJsonObject params, const QString &recordsFolder)
{
    if (receiver != fileReceiver || recordsFolder.isEmpty())
        return params;
    params[positionsKey] = positionsFolder(recordsFolder) + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) + QStringLiteral(".json");
    params[QStringLiteral("announce")] = true;
    return params;
}

void SourceKeeper::forgetPositions(const QJsonObject &params) const
{
    const QString positions = params[positionsKey].toString();
    if (!m_path.isEmpty() && QFileInfo(positions).path() == m_positionsFolder)
        QFile::remove(positions);
}

} // namespace sluice
