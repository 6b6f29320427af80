#pragma once

#include "base/CallQueue.h"
#include "base/Clock.h"
#include "base/Result.h"
#include "capture/RecordStore.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace sluice {

class Marks;

/// Keeps the marks of a capture or a log in a file, and brings them back: each with its record's row and time, so that a
/// mark never comes to stand on another record. A file that cannot be read is put aside, or, where that cannot be done, not
/// written to. A thread of its own reads and writes. For the UI thread.
class MarksFile : public QObject
{
    Q_OBJECT

public:
    /// By row; times tell whether it is still the same record.
    struct Entry
    {
        Nanoseconds created = 0;
        QString note;
    };
    using Entries = std::map<std::uint64_t, Entry>;

    /// Begins to read what is there. The marks outlive it.
    MarksFile(Marks *marks, std::shared_ptr<const RecordStore> store, QString path, QObject *parent = nullptr);
    /// Waits until what has changed is written.
    ~MarksFile() override;

    /// Waits for a disk. What makes no sense in it is left out; a file that is not there has none.
    static Result<Entries> read(const QString &path);
    static Status write(const QString &path, const Entries &entries);

Q_SIGNALS:
    /// What was kept is marked now.
    void restored();
    /// A sentence: the file could not be read or written.
    void failed(const QString &why);

private:
    void saveSoon();
    void hand();
    void run();
    void readAll();
    void writeAll(const std::map<std::uint64_t, QString> &marks);

    Marks *const m_marks;
    const std::shared_ptr<const RecordStore> m_store;
    const QString m_path;
    QTimer m_saving; ///< a while after a change: notes are typed letter by letter
    bool m_isRestored = false;

    CallQueue m_news;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<std::map<std::uint64_t, QString>> m_wanted; ///< to be written
    bool m_addsKept = false; ///< m_wanted has not what was kept
    bool m_stopping = false;
    // The thread's own.
    std::map<std::uint64_t, QString> m_kept; ///< what was there at first
    Entries m_ahead; ///< of rows that the store does not have yet: a log may be read in part
    bool m_mayWrite = true;
    std::thread m_thread;
};

} // namespace sluice
