#pragma once

#include "base/Result.h"
#include "shell/SourcesFile.h"

#include <QStringList>

#include <mutex>
#include <optional>
#include <vector>

namespace sluice {

/// Keeps the sources that a person added for the next start, beside the records: followed files with how far they were read, and programs.
/// Standard input is another one the next time.
class SourceKeeper
{
public:
    /// Any thread.
    static bool isKept(const QString &receiver);

    struct Found
    {
        std::vector<KeptSource> sources;
        QStringList problems; ///< sentences
    };
    /// From now on keeps them beside the records in that folder, and finds those of the last time. Waits for the disk.
    Found begin(const QString &recordsFolder);

    /// These are to be written, instead of what was given before. Any thread.
    void keep(std::vector<KeptSource> sources);
    /// Writes what was given last, if it is not written. Waits for the disk; on the thread of begin().
    Status write();

    /// The parameters of a source that is added to records in that folder (empty: they are not kept): a file is gone on with, the next
    /// time, where it was read to.
    static QJsonObject withPositions(const QString &receiver, QJsonObject params, const QString &recordsFolder);
    /// What is followed anew is begun as it says then. Waits for the disk; on the thread of begin().
    void forgetPositions(const QJsonObject &params) const;

private:
    QString m_path;            ///< empty: they are not kept
    QString m_positionsFolder;
    std::mutex m_mutex;
    std::optional<std::vector<KeptSource>> m_unwritten;
};

} // namespace sluice
