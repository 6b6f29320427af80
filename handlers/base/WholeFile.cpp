#include "base/WholeFile.h"

#include <QFile>
#include <QSaveFile>

namespace sluice::files {

Status writeWhole(const std::string &path, std::string_view bytes, Access access)
{
    QSaveFile file(QString::fromStdString(path));
    // Writing over the old file in place, where the folder takes no new one, could lose both.
    file.setDirectWriteFallback(false);
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           (access == Access::Usual || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) &&
                           file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size()) && file.commit();
    if (!isWritten)
        return Error{path + " cannot be written: " + file.errorString().toStdString() + "."};
    return {};
}

} // namespace sluice::files
