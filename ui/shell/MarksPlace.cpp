#include "shell/MarksPlace.h"

#include "base/NativeFile.h"
#include "capture/LogFile.h"
#include "shell/StoreOpener.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sluice {

namespace {

/// Those written longest ago go.
constexpr qsizetype maxMarksFiles = 1000;

} // namespace

QString marksPlace(const QString &dataFolder, const OpenedStore &opened)
{
    const auto identity = files::identity(opened.path.toStdString());
    if (dataFolder.isEmpty() || !identity)
        return {};
    // By what the file is: a folder of logs is nobody's place for files of ours, and a log is renamed.
    QString name = QString::number(identity->device, 16) + QLatin1Char('-') + QString::number(identity->inode, 16);
    if (const auto *log = dynamic_cast<const LogFile *>(opened.store.get())) {
        // Another format has other rows.
        const std::string format = log->format()->name() + '\n' + opened.choice.pattern + '\n' + opened.choice.timeFormat;
        name += QLatin1Char('-') + QString::fromLatin1(QCryptographicHash::hash(QByteArray::fromStdString(format), QCryptographicHash::Sha256).toHex().left(8));
    }
    const QDir folder(dataFolder + QStringLiteral("/marks"));
    const QFileInfoList kept = folder.entryInfoList({QStringLiteral("*.marks")}, QDir::Files, QDir::Time);
    for (qsizetype i = maxMarksFiles; i < kept.size(); ++i)
        QFile::remove(kept[i].filePath());
    return folder.filePath(name + QStringLiteral(".marks"));
}

} // namespace sluice
