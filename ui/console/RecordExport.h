#pragma once

#include "base/CallQueue.h"
#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"
#include "capture/ShownRows.h"
#include "console/RecordWriter.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

class QSaveFile;

namespace sluice {

/// Writes records of a store as text or as a capture, on a thread of its own: to a file, which is there whole or not at all,
/// or into a text to be copied. One job at a time. For the UI thread.
class RecordExport : public QObject
{
    Q_OBJECT

public:
    struct Job
    {
        std::shared_ptr<const RecordStore> store;
        CaptureSnapshot snapshot; ///< of the store
        /// The rows that pass it; or, if `rows` has any, those alone, whatever the filter.
        CaptureFilter filter;
        std::vector<std::uint64_t> rows;
        /// Of a view by time: all of these, in their order, whatever the filter.
        std::optional<ShownRows> inTime = std::nullopt;
        RecordTextOptions options;
        /// Empty: into a text.
        QString path;
        /// As a capture, which can be opened again, instead of text.
        bool asCapture = false;
    };

    using QObject::QObject;
    /// Cancels what runs.
    ~RecordExport() override;

    /// Not while it is running. Fails at once where the format is wrong.
    Status start(Job job);
    /// The job ends soon, without a file, and finished() says so.
    void cancel() { m_cancelled = true; }
    bool isRunning() const { return m_running; }
    /// How much of the capture has been gone through, 0 to 100.
    int progress() const { return m_progress.load(std::memory_order_relaxed); }

Q_SIGNALS:
    /// `error`: empty if all went well. `text`: of a job without a path. `unreadable`: records that are left out, since
    /// they stand in a place that cannot be read any more.
    void finished(quint64 records, const QString &text, const QString &error, quint64 unreadable);

private:
    void run(const Job &job, RecordWriter &writer);
    /// Gives each row of the job to `take`, until that fails or all is cancelled.
    Status eachRow(const Job &job, const std::function<Status(std::uint64_t)> &take);
    Status writeCapture(const Job &job);
    Status writeAll(const Job &job, RecordWriter &writer, QSaveFile *file, std::string &text);

    bool m_running = false;
    std::atomic<bool> m_cancelled{false};
    std::atomic<int> m_progress{0};
    std::atomic<std::uint64_t> m_records{0};
    std::atomic<std::uint64_t> m_unreadable{0};
    CallQueue m_news;
    std::thread m_thread;
};

} // namespace sluice
