#include "shell/ListFile.h"

#include "base/WholeFile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace sluice::listfile {

namespace {

Error unreadable(const QString &path, const char *name, const QString &why)
{
    return Error{"The " + std::string(name) + " in " + path.toStdString() + " cannot be read: " + why.toStdString() + "."};
}

} // namespace

Result<QJsonArray> read(const QString &path, const char *name, qint64 maxBytes)
{
    QFile file(path);
    if (!file.exists())
        return QJsonArray();
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, name, file.errorString());
    if (file.size() > maxBytes)
        return unreadable(path, name, QStringLiteral("the file is too large"));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(path, name, QStringLiteral("at byte %1: %2").arg(error.offset).arg(error.errorString()));
    const QJsonValue list = document[QLatin1String(name)];
    if (!list.isArray())
        return unreadable(path, name, QStringLiteral("it holds none"));
    return list.toArray();
}

Status write(const QString &path, const char *name, const QJsonArray &list)
{
    if (list.isEmpty() && !QFile::exists(path))
        return {};
    const QByteArray text = QJsonDocument(QJsonObject{{QLatin1String(name), list}}).toJson(QJsonDocument::Compact);
    return files::writeWhole(path.toStdString(), {text.constData(), static_cast<std::size_t>(text.size())}, files::Access::Private);
}

} // namespace sluice::listfile
