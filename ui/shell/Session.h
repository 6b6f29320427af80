#pragma once

#include "base/CallQueue.h"
#include "base/Problem.h"
#include "capture/Capture.h"
#include "chain/Chain.h"
#include "chain/RouterStatus.h"
#include "shell/StoreOpener.h"

#include <QJsonObject>
#include <QObject>
#include <QStringList>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sluice {

class Router;

/// What the window shows: the capture, the project and the sources that run into it, and what opens files beside it.
/// Starting, stopping and opening, which may wait for a disk or a peer, is done on a thread of its own. For the UI thread.
class Session : public QObject
{
    Q_OBJECT

public:
    /// A chain that runs or has run.
    struct Run
    {
        enum class Kind { Project, Source };

        ~Run();

        Kind kind = Kind::Project;
        QString title;
        QString path; ///< of the file it came from; empty for the default project
        Chain chain;
        std::string baseDirectory;
        /// Started and stopped by the session's thread; only status() is for others. Null once it could not
        /// be made.
        std::unique_ptr<Router> router;
    };

    explicit Session(const Capture::Options &options, QObject *parent = nullptr);
    /// Stops everything, and waits for it.
    ~Session() override;

    const std::shared_ptr<Capture> &capture() const { return m_capture; }

    /// Keeps the capture's records in files, beginning with those that are there. Before anything is started or
    /// opened. If it cannot be done, the capture's figures say why.
    void keepRecords(const Capture::Disk &disk);
    /// Runs the project that a new user starts with.
    void startDefault();
    /// Opens projects, Python configurations, logs and saved captures, told by their content; "-" is standard input, which
    /// is read into the capture. A project takes the place of the one before, unless there is something wrong with it; logs and
    /// captures are stores of their own, see storeOpened().
    void open(const QStringList &paths);
    /// Opens a log or a saved capture as a store of its own, whatever is in it.
    void openStore(const QString &path, const TextFormatChoice &choice);
    /// Lets a store go where it may wait for its threads.
    void release(std::shared_ptr<RecordStore> store);
    /// Stops the project and starts it again: after a failure, or to listen once more.
    void restart();
    /// Stops the project, or starts it again.
    void setRunning(bool running);
    bool isRunning() const { return m_running; }
    /// Whether something is being started or stopped.
    bool isBusy() const { return m_jobsPending > 0; }

    /// Null before the first one has been started.
    const std::shared_ptr<Run> &project() const { return m_project; }
    /// Receives from a source into the capture, beside the project: a receiver of that type with parameters, which is
    /// called by its title.
    void addSource(const QString &title, const QString &receiver, const QJsonObject &params, const QString &directory);
    void stopSource(const std::shared_ptr<Run> &run);
    /// Stops it if it runs, and starts it anew.
    void restartSource(const std::shared_ptr<Run> &run);
    /// Stops and forgets it; its records stay.
    void removeSource(const std::shared_ptr<Run> &run);

    /// The project and the sources.
    std::vector<std::shared_ptr<Run>> runs() const;

    /// Writes the project that runs.
    Status saveProjectAs(const QString &path);

Q_SIGNALS:
    /// Records are kept in that folder from now on, and those that were there are there again.
    void recordsKept(const QString &folder);
    /// A run was started, replaced or stopped.
    void runsChanged();
    /// A log or a capture was opened, or not.
    void storeOpened(const OpenedStore &opened);
    /// A file was opened.
    void opened(const QString &path);
    /// A file was not opened; why.
    void problemsFound(const QString &path, const Problems &problems);

private:
    void post(std::function<void()> job);
    /// From the session's thread: runs it in the UI's.
    void report(std::function<void()> news);
    void work();
    void runProject(std::shared_ptr<Run> run);
    void startProject(std::shared_ptr<Run> run);
    void openOne(const QString &path);
    void startSource(const std::shared_ptr<Run> &run, const std::shared_ptr<Run> &before);
    void openStoreByReader(const QString &path);

    const std::shared_ptr<Capture> m_capture;
    std::shared_ptr<Run> m_project;
    std::vector<std::shared_ptr<Run>> m_sources;
    QStringList m_startingSources; ///< their titles
    bool m_running = false;
    int m_jobsPending = 0;

    CallQueue m_news; ///< what the session's thread reports to this one
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    /// The session's thread's own: everything it has started.
    std::vector<std::shared_ptr<Run>> m_started;
    std::shared_ptr<Run> m_current;
    StoreOpener m_opener;
    std::thread m_thread;
};

/// Whether the beginning of a file is LogRecord dictionaries, one JSON object a line.
bool looksLikeJsonLines(const QByteArray &beginning);
/// Whether a file is a log of text lines: by its name, or by a format that its beginning has.
bool looksLikeLog(const QString &path, const QByteArray &beginning);

} // namespace sluice
