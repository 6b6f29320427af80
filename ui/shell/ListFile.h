#pragma once

#include "base/Result.h"

#include <QJsonArray>
#include <QString>

/// A file of ours that holds one list, `{ "NAME": […] }`, for nobody but the user: marks, sources. For threads that may wait for
/// a disk. Errors name the list, the file and the reason.
namespace sluice::listfile {

/// A file that is not there holds an empty list. One of more than `maxBytes` was not written here, and is not read.
Result<QJsonArray> read(const QString &path, const char *name, qint64 maxBytes);
/// Whole or not at all. Where there is no file, none is made for an empty list.
Status write(const QString &path, const char *name, const QJsonArray &list);

} // namespace sluice::listfile
