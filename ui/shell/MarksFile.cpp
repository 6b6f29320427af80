#include "shell/MarksFile.h"

#include "base/NativeFile.h"
#include "console/Marks.h"
#include "shell/DamagedFile.h"
#include "shell/ListFile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

#include <utility>

namespace sluice {

namespace {

constexpr int saveAfterMilliseconds = 300;
/// All marks there may be, with notes of usual length; what is larger was not written here.
constexpr qint64 maxFileBytes = qint64{256} << 20;

} // namespace

MarksFile::MarksFile(Marks *marks, std::shared_ptr<const RecordStore> store, QString path, QObject *parent)
    : QObject(parent), m_marks(marks), m_store(std::move(store)), m_path(std::move(path)),
      m_thread([this] { run(); })
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(saveAfterMilliseconds);
    connect(&m_saving, &QTimer::timeout, this, &MarksFile::hand);
    connect(m_marks, &Marks::changed, this, &MarksFile::saveSoon);
}

MarksFile::~MarksFile()
{
    if (m_saving.isActive() || (!m_isRestored && m_marks->size() > 0))
        hand();
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void MarksFile::saveSoon()
{
    // Before all that was kept is there again, writing would forget it.
    if (m_isRestored)
        m_saving.start();
}

void MarksFile::hand()
{
    m_saving.stop();
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = m_marks->all();
        m_addsKept = !m_isRestored;
    }
    m_changed.notify_all();
}

void MarksFile::run()
{
    readAll();
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || m_wanted; });
        if (!m_wanted)
            return;
        std::map<std::uint64_t, QString> marks = *std::exchange(m_wanted, std::nullopt);
        if (m_addsKept)
            marks.insert(m_kept.begin(), m_kept.end());
        lock.unlock();
        writeAll(marks);
        lock.lock();
    }
}

void MarksFile::readAll()
{
    Result<Entries> entries = read(m_path);
    std::map<std::uint64_t, QString> marks;
    QString why;
    if (entries) {
        const CaptureSnapshot snapshot = m_store->snapshot();
        for (const auto &[row, entry] : *entries) {
            if (row >= snapshot.endRow())
                m_ahead.emplace(row, entry);
            else if (snapshot.contains(row) && snapshot.columns(row).created == entry.created)
                marks.emplace(row, entry.note);
        }
    } else {
        why = QString::fromStdString(entries.error().text) + QLatin1Char(' ') + putAside(m_path, m_mayWrite);
    }
    m_kept = marks;
    m_news.post([this, marks = std::move(marks), why] {
        const bool hadSome = m_marks->size() > 0;
        m_marks->restore(marks);
        m_isRestored = true;
        if (hadSome)
            saveSoon();
        if (!why.isEmpty())
            Q_EMIT failed(why);
        Q_EMIT restored();
    });
}

void MarksFile::writeAll(const std::map<std::uint64_t, QString> &marks)
{
    if (!m_mayWrite)
        return;
    const CaptureSnapshot snapshot = m_store->snapshot();
    m_ahead.erase(m_ahead.begin(), m_ahead.lower_bound(snapshot.endRow()));
    Entries entries = m_ahead;
    for (const auto &[row, note] : marks) {
        if (snapshot.contains(row))
            entries[row] = {snapshot.columns(row).created, note};
    }
    if (const Status status = write(m_path, entries); !status)
        m_news.post([this, why = QString::fromStdString(status.error().text)] { Q_EMIT failed(why); });
}

Result<MarksFile::Entries> MarksFile::read(const QString &path)
{
    const Result<QJsonArray> list = listfile::read(path, "marks", maxFileBytes);
    if (!list)
        return list.error();
    Entries entries;
    for (const QJsonValue value : *list) {
        // Numbers as text: JSON's own are doubles to many readers.
        bool hasRow = false;
        bool hasTime = false;
        const std::uint64_t row = value[QStringLiteral("row")].toString().toULongLong(&hasRow);
        const Nanoseconds created = value[QStringLiteral("created")].toString().toLongLong(&hasTime);
        if (hasRow && hasTime && entries.size() < Marks::maxMarks)
            entries[row] = {created, value[QStringLiteral("note")].toString().left(Marks::maxNote)};
    }
    return entries;
}

Status MarksFile::write(const QString &path, const Entries &entries)
{
    if (entries.empty() && !QFile::exists(path))
        return {};
    if (const Status status = files::makePrivateDirectory(QFileInfo(path).absolutePath().toStdString()); !status)
        return Error{status.error().text};
    QJsonArray marks;
    for (const auto &[row, entry] : entries) {
        QJsonObject mark{{QStringLiteral("row"), QString::number(row)},
                         {QStringLiteral("created"), QString::number(entry.created)}};
        if (!entry.note.isEmpty())
            mark[QStringLiteral("note")] = entry.note;
        marks.append(mark);
    }
    return listfile::write(path, "marks", marks);
}

} // namespace sluice
