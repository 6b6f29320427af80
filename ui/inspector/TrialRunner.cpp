#include "inspector/TrialRunner.h"

#include "base/CallQueue.h"

#include <QCoreApplication>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace sluice {

namespace {

/// Threads of trials, which cannot be broken off: they end by themselves, and the program waits for them.
struct TrialThreads
{
    struct One
    {
        std::thread thread;
        std::shared_ptr<std::atomic<bool>> isDone;
    };
    std::mutex mutex;
    std::vector<One> threads;

    static TrialThreads &instance()
    {
        static TrialThreads threads;
        return threads;
    }

    static void joinAll()
    {
        TrialThreads &all = instance();
        const std::lock_guard lock(all.mutex);
        for (One &one : all.threads)
            one.thread.join();
        all.threads.clear();
    }

    void add(std::function<void()> work)
    {
        const std::lock_guard lock(mutex);
        std::erase_if(threads, [](One &one) {
            if (!*one.isDone)
                return false;
            one.thread.join();
            return true;
        });
        auto isDone = std::make_shared<std::atomic<bool>>(false);
        threads.push_back({std::thread([work = std::move(work), isDone] {
                               work();
                               *isDone = true;
                           }),
                           isDone});
    }
};

} // namespace

/// What the thread and the runner share, so that either may go first.
struct TrialRunner::Run
{
    std::mutex mutex;
    CallQueue *queue = nullptr; ///< null once nobody listens
};

TrialRunner::TrialRunner(QObject *parent) : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(usualPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        cancel();
        Q_EMIT finished(false, tr("Nothing answered within %1 seconds.").arg(m_patience.interval() / 1000));
    });
}

TrialRunner::~TrialRunner() { cancel(); }

void TrialRunner::start(Work work)
{
    cancel();
    static std::once_flag registered;
    std::call_once(registered, [] { qAddPostRoutine(&TrialThreads::joinAll); });
    auto *queue = new CallQueue(this);
    auto run = std::make_shared<Run>();
    run->queue = queue;
    m_run = run;
    m_patience.start();
    TrialThreads::instance().add([this, run, work = std::move(work)] {
        auto result = std::make_shared<Result<std::string>>(work());
        const std::lock_guard lock(run->mutex);
        if (!run->queue)
            return;
        run->queue->post([this, run, result] {
            if (m_run != run)
                return;
            cancel();
            Q_EMIT finished(result->ok(), QString::fromStdString(result->ok() ? **result : result->error().text));
        });
    });
}

void TrialRunner::cancel()
{
    m_patience.stop();
    if (!m_run)
        return;
    const std::shared_ptr<Run> run = std::move(m_run);
    const std::lock_guard lock(run->mutex);
    // It may be the one that is calling us.
    run->queue->deleteLater();
    run->queue = nullptr;
}

} // namespace sluice
