#pragma once

#include "base/Result.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace sluice {

/// Runs a trial of a node on a thread of its own, one at a time, and tells what came of it on the UI thread. Who cancels, or
/// waits too long, hears no more of it; its thread is waited for when the program ends.
class TrialRunner : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<Result<std::string>()>;

    explicit TrialRunner(QObject *parent = nullptr);
    ~TrialRunner() override;

    /// `work` is called on another thread, and owns all that it uses.
    void start(Work work);
    void cancel();
    bool isRunning() const { return m_run != nullptr; }

    static constexpr std::chrono::milliseconds usualPatience{10'000};
    void setPatience(std::chrono::milliseconds patience) { m_patience.setInterval(patience); }

Q_SIGNALS:
    void finished(bool ok, const QString &sentence);

private:
    struct Run;

    std::shared_ptr<Run> m_run;
    QTimer m_patience;
};

} // namespace sluice
