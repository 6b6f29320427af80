#include "shell/DrawingKeeper.h"

#include "base/NativeFile.h"
#include "chain/Configuration.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace sluice {

namespace {

constexpr qsizetype maxTitle = 60;
const QString projects = QStringLiteral("*.sluice");

QString lockOf(const QString &path) { return path + QStringLiteral(".lock"); }

} // namespace

DrawingKeeper::DrawingKeeper(const QString &folder) : m_folder(folder.isEmpty() ? QString() : folder + QStringLiteral("/drawings")) {}

QString DrawingKeeper::pathFor(const QString &title) const
{
    // What a project is called is its author's choice; a file's name is not made of all of it.
    QString name;
    for (const QChar c : title.left(maxTitle))
        name += c.isLetterOrNumber() || c == u' ' || c == u'-' || c == u'_' ? c : u'_';
    const QString stem = m_folder + QStringLiteral("/%1, not saved %2").arg(name.trimmed(), QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss")));
    QString path = stem + QStringLiteral(".sluice");
    for (int number = 2; QFileInfo::exists(path) || QFileInfo::exists(lockOf(path)); ++number)
        path = stem + QStringLiteral(" %1.sluice").arg(number);
    return path;
}

Status DrawingKeeper::write(const UnsavedDrawing &drawing)
{
    if (m_folder.isEmpty())
        return Error{"There is no folder for it."};
    if (m_path.isEmpty()) {
        if (Status made = files::makePrivateDirectory(m_folder.toStdString()); !made)
            return made;
        const QString path = pathFor(drawing.title);
        Result<std::optional<FileLock>> lock = FileLock::acquire(lockOf(path).toStdString());
        if (!lock)
            return lock.error();
        if (!*lock)
            return Error{lockOf(path).toStdString() + " is another program's."};
        m_lock = std::move(*lock);
        m_path = path;
    }
    ProjectExtras extras;
    extras.drawing = drawing.origin;
    return saveProject(drawing.chain, m_path.toStdString(), extras);
}

Status DrawingKeeper::keep(const UnsavedDrawing &drawing)
{
    const std::lock_guard lock(m_mutex);
    return drawing.number < m_next ? Status() : write(drawing);
}

void DrawingKeeper::forget()
{
    const std::lock_guard lock(m_mutex);
    if (!m_path.isEmpty())
        QFile::remove(m_path);
    release();
}

Result<QString> DrawingKeeper::leave(const UnsavedDrawing &drawing)
{
    const std::lock_guard lock(m_mutex);
    m_next = drawing.number + 1;
    if (Status written = write(drawing); !written)
        return written.error();
    const QString path = m_path;
    release();
    removeOldest();
    return path;
}

void DrawingKeeper::adopt(const QString &path)
{
    const std::lock_guard lock(m_mutex);
    // A copy elsewhere is somebody's own.
    if (m_folder.isEmpty() || QDir(QFileInfo(path).absolutePath()) != QDir(m_folder))
        return;
    Result<std::optional<FileLock>> held = FileLock::acquire(lockOf(path).toStdString());
    if (!held || !*held)
        return; // another window draws on: here it is kept as a new one
    release();
    m_lock = std::move(*held);
    m_path = path;
}

void DrawingKeeper::release()
{
    m_lock.reset();
    if (!m_path.isEmpty())
        QFile::remove(lockOf(m_path));
    m_path.clear();
}

QStringList DrawingKeeper::takeOrphans()
{
    QStringList orphans;
    if (m_folder.isEmpty())
        return orphans;
    const std::lock_guard lock(m_mutex);
    for (const QFileInfo &file : QDir(m_folder).entryInfoList({projects}, QDir::Files, QDir::Time)) {
        const QString lockFile = lockOf(file.filePath());
        if (file.filePath() == m_path || !QFileInfo::exists(lockFile))
            continue;
        Result<std::optional<FileLock>> held = FileLock::acquire(lockFile.toStdString());
        if (!held || !*held)
            continue; // it is being drawn just now
        held->reset();
        QFile::remove(lockFile);
        orphans << file.filePath();
    }
    return orphans;
}

void DrawingKeeper::removeOldest() const
{
    const QFileInfoList kept = QDir(m_folder).entryInfoList({projects}, QDir::Files, QDir::Time);
    for (qsizetype i = maxKept; i < kept.size(); ++i) {
        if (!QFileInfo::exists(lockOf(kept[i].filePath())))
            QFile::remove(kept[i].filePath());
    }
}

} // namespace sluice
