#include "shell/SourcesFile.h"

#include "shell/ListFile.h"

namespace sluice::sourcesfile {

namespace {

constexpr qint64 maxFileBytes = 16 << 20;
constexpr std::size_t maxSources = 1000;

} // namespace

Result<std::vector<KeptSource>> read(const QString &path)
{
    const Result<QJsonArray> list = listfile::read(path, "sources", maxFileBytes);
    if (!list)
        return list.error();
    std::vector<KeptSource> sources;
    for (const QJsonValue value : *list) {
        KeptSource source{.title = value[QStringLiteral("title")].toString(),
                          .receiver = value[QStringLiteral("receiver")].toString(),
                          .params = value[QStringLiteral("params")].toObject(),
                          .directory = value[QStringLiteral("directory")].toString(),
                          .isStopped = value[QStringLiteral("stopped")].toBool()};
        if (!source.title.isEmpty() && sources.size() < maxSources)
            sources.push_back(std::move(source));
    }
    return sources;
}

Status write(const QString &path, const std::vector<KeptSource> &sources)
{
    QJsonArray list;
    for (const KeptSource &source : sources) {
        QJsonObject object{{QStringLiteral("title"), source.title},
                           {QStringLiteral("receiver"), source.receiver},
                           {QStringLiteral("params"), source.params},
                           {QStringLiteral("directory"), source.directory}};
        if (source.isStopped)
            object[QStringLiteral("stopped")] = true;
        list.append(object);
    }
    return listfile::write(path, "sources", list);
}

} // namespace sluice::sourcesfile
