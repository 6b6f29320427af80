#pragma once

#include "base/FileLock.h"
#include "base/Result.h"
#include "chain/Chain.h"
#include "chain/ProjectExtras.h"

#include <QString>
#include <QStringList>

#include <mutex>
#include <optional>

namespace sluice {

/// A chain that was drawn and is not saved.
struct UnsavedDrawing
{
    Chain chain;
    QString title; ///< of its project
    ProjectExtras::Drawing origin;
    int number = 0; ///< Session's: another for each drawing that is left
};

/// Keeps what is drawn and not saved in a project file among our data, so that neither closing a window, nor another project, nor a
/// crash costs anybody's work. Beside the file that is being written there is a lock: one that nobody holds tells of a program that
/// ended without taking leave. Any thread; waits for the disk.
class DrawingKeeper
{
public:
    static constexpr qsizetype maxKept = 20; ///< the oldest beyond go

    /// `folder`: our data; empty: nothing is kept.
    explicit DrawingKeeper(const QString &folder);

    /// Writes it, over what was kept of it before; nothing once it was left.
    Status keep(const UnsavedDrawing &drawing);
    /// It was saved, or is no longer wanted: the file goes.
    void forget();
    /// Writes it for the last time and leaves it there. The file's path; empty if it could not be kept.
    Result<QString> leave(const UnsavedDrawing &drawing);
    /// What is drawn now is what that file keeps.
    void adopt(const QString &path);

    /// Files of programs that ended without leave, the newest first; told once.
    QStringList takeOrphans();
    /// Where kept drawings are; empty if they are not.
    const QString &folder() const { return m_folder; }

private:
    QString pathFor(const QString &title) const;
    Status write(const UnsavedDrawing &drawing);
    void release();
    void removeOldest() const;

    const QString m_folder;
    std::mutex m_mutex;
    QString m_path; ///< of what is kept now; empty if nothing is
    std::optional<FileLock> m_lock;
    int m_next = 0; ///< those with a lower number were left
};

} // namespace sluice
