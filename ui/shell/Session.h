#pragma once

#include "base/CallQueue.h"
#include "base/Problem.h"
#include "capture/Capture.h"
#include "chain/Chain.h"
#include "chain/ProjectExtras.h"
#include "chain/RouterStatus.h"
#include "shell/DrawingKeeper.h"
#include "shell/KeyStoreAsker.h"
#include "shell/SourceKeeper.h"
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
struct Configuration;

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
        int turn = 0; ///< of a project: one that was wanted later has a higher one
        int document = 0; ///< the same for a project that was started again, another for each that was opened
        QString title;
        QString path; ///< of the file it came from; empty for the default project
        Chain chain;
        ProjectExtras extras; ///< of a project's file, as it was read or written
        std::string baseDirectory;
        bool isStopped = false; ///< a source, by the person: it comes back so
        /// Started and stopped by the session's thread; only status() is for others. Null once it could not
        /// be made.
        std::unique_ptr<Router> router;
    };

    /// `dataFolder`: absolute, for what is kept beside the records, and to unpack logs into; empty: nothing is kept there.
    explicit Session(const Capture::Options &options, QString dataFolder = {}, QObject *parent = nullptr);
    /// Stops everything, and waits for it.
    ~Session() override;

    const std::shared_ptr<Capture> &capture() const { return m_capture; }
    const QString &dataFolder() const { return m_dataFolder; }

    /// Keeps the capture's records in files, beginning with those that are there. Before anything is started or
    /// opened. If it cannot be done, the capture's figures say why.
    void keepRecords(const Capture::Disk &disk);
    /// Runs the project that a new user starts with.
    void startDefault();
    /// Runs an empty project, for whoever draws one.
    void startNew();
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
    bool isBusy() const { return m_jobsPending > 0 || m_asker.isWaiting(); }
    /// What starts asks it for its secrets, and nothing else waits meanwhile.
    KeyStoreAsker &keyStore() { return m_asker; }

    /// Has the project run an edited chain, without problems, from now on: Router::apply(). applied() says how it went.
    void apply(const Chain &chain);

    /// Null before the first one has been started.
    const std::shared_ptr<Run> &project() const { return m_project; }
    /// Receives from a source into the capture, beside the project: a receiver of that type with parameters, which is
    /// called by its title. Where records are kept, files and programs are there again the next time: files are gone on with
    /// where they were read to, programs wait to be started.
    void addSource(const QString &title, const QString &receiver, const QJsonObject &params, const QString &directory);
    void stopSource(const std::shared_ptr<Run> &run);
    /// Stops it if it runs, and starts it anew.
    void restartSource(const std::shared_ptr<Run> &run);
    /// Stops and forgets it; its records stay.
    void removeSource(const std::shared_ptr<Run> &run);

    /// The project and the sources.
    std::vector<std::shared_ptr<Run>> runs() const;

    /// Writes the project: the chain as it is drawn, or, without one, as it runs. Relative paths begin at the file's folder from
    /// then on: a chain that has some is started again where that is another.
    Status saveProjectAs(const QString &path, const Chain *drawn = nullptr, const ProjectExtras &extras = {});
    /// Keeps what is drawn and not saved, on the session's thread: see DrawingKeeper. said() tells if it cannot be written.
    void keepDrawing(UnsavedDrawing drawing);
    /// Whether the last one still waits for the disk.
    bool isKeepingDrawing() const { return m_isKeepingDrawing; }
    void forgetDrawing();
    void adoptDrawing(const QString &path);
    /// Keeps it for the last time, on the session's thread, or at once, where there may be no time for that; drawingLeft() tells
    /// the file. False where nothing is kept.
    bool leaveDrawing(UnsavedDrawing drawing, bool atOnce);
    /// Looks for what was drawn when the program ended without leave.
    void findDrawings();

Q_SIGNALS:
    /// Records are kept in that folder from now on, and those that were there are there again.
    void recordsKept(const QString &folder);
    /// A run was started, replaced or stopped.
    void runsChanged();
    /// The project runs the chain that it was given, or (a sentence) goes on with the one before.
    void applied(const QString &problem);
    /// What went wrong with what is kept, in a sentence.
    void said(const QString &sentence);
    /// What was drawn and not saved is in this file.
    void drawingLeft(const QString &path);
    /// Files of what was drawn when the program ended without leave, the newest first.
    void drawingsFound(const QStringList &paths);
    /// The project runs, and this was drawn of it and not saved.
    void drawingOpened(const Chain &chain, const QString &path);
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
    /// Does a job on the session's thread with what the key store says to the references of these nodes; where there are none, at
    /// once. Not if by then it is unwanted. Returns the question's number, or 0.
    int postWithAnswers(const std::vector<ChainNode> &nodes, std::function<void(const KeyStoreAsker::Answers &)> job, std::function<bool()> isWanted = {});
    void runProject(const std::shared_ptr<Run> &run, std::function<void()> then = {});
    std::shared_ptr<Run> projectAgain() const;
    bool startProject(const std::shared_ptr<Run> &run, const KeyStoreAsker::Answers &answers);
    void openProject(const QString &path, const Configuration &configuration, int turn, std::function<void()> then = {});
    void openDrawing(const QString &path, const Configuration &configuration, int turn);
    void openOne(const QString &path, int turn);
    void postSource(const std::shared_ptr<Run> &run, const std::shared_ptr<Run> &before);
    void startSource(const std::shared_ptr<Run> &run, const std::shared_ptr<Run> &before, const KeyStoreAsker::Answers &answers);
    void openStoreByReader(const QString &path);
    void startKeptSources(const QString &folder);
    /// Keeps the sources of now for the next start.
    void keepSources();

    const std::shared_ptr<Capture> m_capture;
    const QString m_dataFolder;
    std::shared_ptr<Run> m_project;
    std::vector<std::shared_ptr<Run>> m_sources;
    QStringList m_startingSources; ///< their titles
    QString m_keptFolder; ///< of the records; empty while they are not kept
    bool m_running = false;
    int m_documents = 0; ///< numbers given to projects
    int m_turns = 0;     ///< and to what was asked to run
    KeyStoreAsker m_asker;
    int m_projectQuestion = 0; ///< of the project that is to start
    int m_projectTurn = 0;     ///< and its turn
    int m_jobsPending = 0;

    CallQueue m_news; ///< what the session's thread reports to this one
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    /// The session's thread's own: everything it has started.
    std::vector<std::shared_ptr<Run>> m_started;
    std::shared_ptr<Run> m_current;
    SourceKeeper m_sourceKeeper;
    StoreOpener m_opener;
    DrawingKeeper m_keeper;
    int m_drawings = 0; ///< that were left
    bool m_isKeepingDrawing = false;
    bool m_keepingFailed = false; ///< the session's thread's: it was said
    std::thread m_thread;
};

} // namespace sluice
