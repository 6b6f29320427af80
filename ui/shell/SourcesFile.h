#pragma once

#include "base/Result.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace sluice {

/// A source that a person added, as it is kept over a restart.
struct KeptSource
{
    QString title;
    QString receiver; ///< "FileReceiver"
    QJsonObject params;
    QString directory; ///< where relative paths begin
    bool isStopped = false; ///< by the person

    bool operator==(const KeptSource &) const = default;
};

/// The file of them, JSON, for nobody but the user. For threads that may wait for a disk.
namespace sourcesfile {

/// A file that is not there has none.
Result<std::vector<KeptSource>> read(const QString &path);
/// All at once or not at all.
Status write(const QString &path, const std::vector<KeptSource> &sources);

} // namespace sourcesfile
} // namespace sluice
