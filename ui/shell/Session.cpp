#include "shell/Session.h"

#include "capture/CaptureFile.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "text/TextFormatRecognizer.h"
#include "text/TextFormats.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sluice {

namespace {

/// The oldest source is forgotten where there are more than these.
constexpr std::size_t maxSources = 64;

const QString standardInput = QStringLiteral("-");

/// A run that shows what a receiver reads.
std::shared_ptr<Session::Run> sourceRun(const QString &title, const QString &receiver, const QJsonObject &params,
                                        const QString &directory)
{
    auto run = std::make_shared<Session::Run>();
    run->kind = Session::Run::Kind::Source;
    run->title = title;
    run->baseDirectory = directory.toStdString();
    ChainNode reader;
    reader.id = title.toStdString();
    reader.type = NodeRegistry::builtin().find(receiver.toStdString());
    reader.params = params;
    ChainNode console;
    console.id = "console";
    console.type = NodeRegistry::builtin().find("ConsoleHandler");
    const std::string from = run->chain.addNode(std::move(reader));
    const std::string to = run->chain.addNode(std::move(console));
    run->chain.addWire({from, "out", to});
    return run;
}

void start(Session::Run &run, const std::shared_ptr<Capture> &capture)
{
    RouterOptions options;
    options.baseDirectory = run.baseDirectory;
    options.console = capture;
    run.router = std::make_unique<Router>(run.chain, options);
    run.router->start();
}

} // namespace

Session::Run::~Run() = default;

bool looksLikeLog(const QString &path, const QByteArray &beginning)
{
    const QString name = QFileInfo(path).fileName();
    if (name.endsWith(QStringLiteral(".sluice")))
        return false;
    for (const char *ending : {".log", ".out", ".err", ".txt"}) {
        if (name.endsWith(QLatin1String(ending)))
            return true;
    }
    const auto answer = TextFormatRecognizer::recognize({beginning.constData(), std::size_t(beginning.size())}, true);
    if (answer.format == textFormats::plain())
        return false;
    // A configuration may be one object on one line.
    return answer.format->name() != "json" || answer.candidates.front().records > 1;
}

bool looksLikeJsonLines(const QByteArray &beginning)
{
    QByteArray text = beginning.trimmed();
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.mid(3).trimmed();
    const QJsonDocument first =
        QJsonDocument::fromJson(text.left(text.indexOf('\n') < 0 ? text.size() : text.indexOf('\n')));
    if (!first.isObject())
        return false;
    const QJsonObject object = first.object();
    if (object.contains(QStringLiteral("nodes")) || object.contains(QStringLiteral("handlers")))
        return false;
    for (const char *key : {"msg", "message", "levelno", "levelname", "created"}) {
        if (object.contains(QLatin1String(key)))
            return true;
    }
    return false;
}

Session::Session(const Capture::Options &options, QObject *parent)
    : QObject(parent), m_capture(std::make_shared<Capture>(options)), m_thread([this] { work(); })
{
}

Session::~Session()
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.clear();
        m_stopping = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void Session::post(std::function<void()> job)
{
    ++m_jobsPending;
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back([this, job = std::move(job)] {
            job();
            report([this] { --m_jobsPending; });
        });
    }
    m_changed.notify_one();
}

void Session::report(std::function<void()> news) { m_news.post(std::move(news)); }

void Session::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
        if (m_jobs.empty())
            break;
        std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job();
        job = nullptr; // with what it holds, which may have threads to wait for
        lock.lock();
    }
    for (const std::shared_ptr<Run> &run : m_started)
        run->router->stop();
}

void Session::keepRecords(const Capture::Disk &disk)
{
    post([this, disk] {
        // What went wrong is among the capture's figures.
        if (m_capture->persist(disk))
            report([this, disk] { Q_EMIT recordsKept(QString::fromStdString(disk.directory)); });
    });
}

void Session::startDefault()
{
    auto run = std::make_shared<Run>();
    run->title = tr("Default project");
    run->chain = defaultChain();
    run->baseDirectory = QDir::currentPath().toStdString();
    runProject(std::move(run));
}

void Session::runProject(std::shared_ptr<Run> run)
{
    post([this, run = std::move(run)] { startProject(run); });
}

// On the session's thread.
void Session::startProject(std::shared_ptr<Run> run)
{
    // First the old one lets go of its ports and files: the new one may want the same.
    if (m_current) {
        m_current->router->stop();
        std::erase(m_started, m_current);
    }
    start(*run, m_capture);
    m_current = run;
    m_started.push_back(run);
    report([this, run] {
        m_project = run;
        m_running = true;
        Q_EMIT runsChanged();
    });
}

void Session::restart()
{
    if (!m_project)
        return;
    auto again = std::make_shared<Run>();
    again->title = m_project->title;
    again->path = m_project->path;
    again->chain = m_project->chain;
    again->baseDirectory = m_project->baseDirectory;
    runProject(std::move(again));
}

void Session::setRunning(bool running)
{
    if (running) {
        restart();
        return;
    }
    post([this] {
        if (m_current)
            m_current->router->stop();
        report([this] {
            m_running = false;
            Q_EMIT runsChanged();
        });
    });
}

void Session::open(const QStringList &paths)
{
    for (const QString &path : paths) {
        if (path == standardInput)
            addSource(tr("Standard input"), QStringLiteral("TextReceiver"), {}, QDir::currentPath());
        else
            post([this, absolute = QFileInfo(path).absoluteFilePath()] { openOne(absolute); });
    }
}

void Session::addSource(const QString &title, const QString &receiver, const QJsonObject &params, const QString &directory)
{
    // Records know their source by this name.
    QString name = title;
    const auto isTaken = [&](const QString &other) {
        return std::ranges::any_of(m_sources, [&](const auto &run) { return run->title == other; }) ||
               (m_project && m_project->chain.node(other.toStdString()));
    };
    for (int i = 2; isTaken(name) || m_startingSources.contains(name); ++i)
        name = QStringLiteral("%1 %2").arg(title).arg(i);
    std::shared_ptr<Run> run = sourceRun(name, receiver, params, directory);
    if (const Problems problems = run->chain.check(); !problems.empty()) {
        Q_EMIT problemsFound(title, problems);
        return;
    }
    m_startingSources << name;
    post([this, run] { startSource(run, nullptr); });
}

// On the session's thread.
void Session::startSource(const std::shared_ptr<Run> &run, const std::shared_ptr<Run> &before)
{
    if (before) {
        before->router->stop();
        std::erase(m_started, before);
    }
    start(*run, m_capture);
    m_started.push_back(run);
    report([this, run, before] {
        m_startingSources.removeAll(run->title);
        if (const auto place = std::ranges::find(m_sources, before); before && place != m_sources.end())
            *place = run;
        else
            m_sources.push_back(run);
        if (m_sources.size() > maxSources)
            removeSource(m_sources.front());
        Q_EMIT runsChanged();
    });
}

void Session::stopSource(const std::shared_ptr<Run> &run)
{
    post([this, run] {
        run->router->stop();
        report([this] { Q_EMIT runsChanged(); });
    });
}

void Session::restartSource(const std::shared_ptr<Run> &run)
{
    auto again = std::make_shared<Run>();
    again->kind = run->kind;
    again->title = run->title;
    again->path = run->path;
    again->chain = run->chain;
    again->baseDirectory = run->baseDirectory;
    post([this, again, run] { startSource(again, run); });
}

void Session::removeSource(const std::shared_ptr<Run> &run)
{
    std::erase(m_sources, run);
    post([this, run] {
        run->router->stop();
        std::erase(m_started, run);
    });
    Q_EMIT runsChanged();
}

// On the session's thread.
void Session::openOne(const QString &path)
{
    QByteArray beginning;
    QFile file(path);
    const bool isReadable = file.open(QIODevice::ReadOnly);
    if (isReadable)
        beginning = file.read(256 * 1024);
    file.close();
    if (CaptureFile::isCapture(path.toStdString()) || looksLikeJsonLines(beginning) ||
        (isReadable && looksLikeLog(path, beginning))) {
        openStoreByReader(path);
        return;
    }
    const Configuration configuration = loadConfiguration(path.toStdString());
    if (!configuration.ok()) {
        report([this, path, problems = configuration.problems] { Q_EMIT problemsFound(path, problems); });
        return;
    }
    auto run = std::make_shared<Run>();
    run->path = path;
    run->title = configuration.chain.name.empty() ? QFileInfo(path).completeBaseName()
                                                  : QString::fromStdString(configuration.chain.name);
    run->chain = configuration.chain;
    // A Python program's configuration has handlers, but nothing that records come in by.
    if (configuration.isPython())
        addDefaultReceiver(run->chain);
    run->baseDirectory = configuration.baseDirectory;
    startProject(std::move(run));
    report([this, path] { Q_EMIT opened(path); });
}

// On the session's thread.
void Session::openStoreByReader(const QString &path)
{
    OpenedStore opened{.path = path, .choice = {}, .store = m_opener.find(path), .problem = {}, .byReader = true};
    if (!opened.store) {
        auto store = m_opener.open(path, {});
        if (!store) {
            const Problems problems{{{}, store.error().text}};
            report([this, path, problems] { Q_EMIT problemsFound(path, problems); });
            return;
        }
        opened.store = std::move(*store);
    }
    report([this, opened = std::move(opened)] {
        Q_EMIT storeOpened(opened);
        Q_EMIT this->opened(opened.path);
    });
}

void Session::openStore(const QString &path, const TextFormatChoice &choice)
{
    post([this, path, choice] {
        OpenedStore opened{.path = path, .choice = choice, .store = {}, .problem = {}, .byReader = false};
        auto store = m_opener.open(path, choice);
        if (store)
            opened.store = std::move(*store);
        else
            opened.problem = QString::fromStdString(store.error().text);
        report([this, opened = std::move(opened)] { Q_EMIT storeOpened(opened); });
    });
}

void Session::release(std::shared_ptr<RecordStore> store)
{
    if (!store)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back([store = std::move(store)] {});
    }
    m_changed.notify_one();
}

std::vector<std::shared_ptr<Session::Run>> Session::runs() const
{
    std::vector<std::shared_ptr<Run>> runs;
    if (m_project)
        runs.push_back(m_project);
    runs.insert(runs.end(), m_sources.begin(), m_sources.end());
    return runs;
}

Status Session::saveProjectAs(const QString &path)
{
    if (!m_project)
        return Error{"No project is open."};
    if (Status status = saveProject(m_project->chain, path.toStdString()); !status)
        return status;
    m_project->path = path;
    Q_EMIT opened(path);
    return {};
}

} // namespace sluice
