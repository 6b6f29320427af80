#pragma once

#include "base/CallQueue.h"
#include "capture/CaptureRehearsal.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <memory>
#include <thread>

namespace sluice {

/// Rehearses chains on a thread of its own, one rehearsal at a time. For the UI thread.
class RehearsalRunner : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Cancels what runs, and waits for it.
    ~RehearsalRunner() override;

    /// Not while it is running.
    void start(CaptureRehearsalRequest request);
    /// It ends soon, and finished() says so.
    void cancel() { m_isCancelled = true; }
    bool isRunning() const { return m_isRunning; }
    /// How much has been gone through, 0 to 100.
    int progress() const { return m_progress.load(std::memory_order_relaxed); }

Q_SIGNALS:
    /// `report` is null where `error` says why.
    void finished(const std::shared_ptr<const CaptureRehearsalReport> &report, const QString &error);

private:
    bool m_isRunning = false;
    std::atomic<bool> m_isCancelled{false};
    std::atomic<int> m_progress{0};
    CallQueue m_news;
    std::thread m_thread;
};

} // namespace sluice
