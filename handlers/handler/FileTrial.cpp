#include "handler/FileTrial.h"

#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

namespace sluice {

namespace {

/// Less than this is said to be little.
constexpr qint64 littleRoom = 100 * 1000 * 1000;

std::string roomInWords(const QString &folder)
{
    const QStorageInfo storage(folder);
    if (!storage.isValid() || storage.bytesAvailable() < 0)
        return {};
    const qint64 room = storage.bytesAvailable();
    const std::string words = QLocale::c().formattedDataSize(room, 1, QLocale::DataSizeSIFormat).toStdString();
    return room < littleRoom ? " Only " + words + " are free there." : " " + words + " are free there.";
}

} // namespace

Result<std::string> tryFile(const std::string &path, bool mustBeNew)
{
    const QFileInfo file(QString::fromStdString(path));
    const QFileInfo folder(file.path());
    const std::string folderName = folder.filePath().toStdString();
    if (!folder.exists())
        return Error{"The folder " + folderName + " does not exist."};
    if (!folder.isDir())
        return Error{folderName + " is not a folder."};
    if (file.isDir())
        return Error{path + " is a folder."};
    if (file.exists() && mustBeNew)
        return Error{path + " is there already, and the mode wants a new file."};
    if (file.exists() && !file.isWritable())
        return Error{path + " is there and cannot be written."};
    if (!file.exists() && !folder.isWritable())
        return Error{"No file can be made in " + folderName + "."};
    const std::string name = file.fileName().toStdString();
    return (file.exists() ? name + " is there and can be written." : name + " can be made in " + folderName + ".") +
           roomInWords(folder.filePath());
}

} // namespace sluice
