#include "shell/Session.h"

#include "chain/ChainPaths.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "chain/ProjectSecrets.h"
#include "chain/Router.h"
#include "shell/FileKind.h"
#include "shell/MarksPlace.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>

#include <algorithm>
#include <utility>

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

void prepare(Session::Run &run, const std::shared_ptr<Capture> &capture, const KeyStoreAsker::Answers &answers)
{
    RouterOptions options;
    options.baseDirectory = run.baseDirectory;
    options.keyStoreAnswers = answers;
    options.console = capture;
    run.router = std::make_unique<Router>(run.chain, options);
}

void start(Session::Run &run, const std::shared_ptr<Capture> &capture, const KeyStoreAsker::Answers &answers)
{
    prepare(run, capture, answers);
    run.router->start();
}

const ChainNode &receiverOf(const Session::Run &run) { return run.chain.nodes().front(); }

QString titleOf(const Chain &chain, const QString &path)
{
    return chain.name.empty() ? QFileInfo(path).completeBaseName() : QString::fromStdString(chain.name);
}

} // namespace

Session::Run::~Run() = default;

Session::Session(const Capture::Options &options, QString dataFolder, QObject *parent)
    : QObject(parent), m_capture(std::make_shared<Capture>(options)), m_dataFolder(std::move(dataFolder)),
      m_opener(m_dataFolder.isEmpty() ? std::string() : (m_dataFolder + QStringLiteral("/unpacked")).toStdString()), m_keeper(m_dataFolder),
      m_thread([this] { work(); })
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
    (void)m_sourceKeeper.write(); // nobody is there who could be told
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

int Session::postWithAnswers(const std::vector<ChainNode> &nodes, std::function<void(const KeyStoreAsker::Answers &)> job, std::function<bool()> isWanted)
{
    const std::vector<std::string> names = keyStoreNames(nodes);
    if (names.empty()) {
        post([job = std::move(job)] { job(nullptr); });
        return 0;
    }
    return m_asker.read(names, [this, job = std::move(job), isWanted = std::move(isWanted)](const KeyStoreAsker::Answers &answers) {
        if (!isWanted || isWanted())
            post([job, answers] { job(answers); });
    });
}

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
        if (!m_capture->persist(disk))
            return;
        const QString folder = QString::fromStdString(m_capture->folder());
        report([this, folder] {
            m_keptFolder = folder;
            Q_EMIT recordsKept(folder);
        });
        startKeptSources(folder);
    });
}

// On the session's thread.
void Session::startKeptSources(const QString &folder)
{
    const SourceKeeper::Found found = m_sourceKeeper.begin(folder);
    for (const QString &problem : found.problems)
        report([this, problem] { Q_EMIT said(problem); });
    for (const KeptSource &source : found.sources) {
        const std::shared_ptr<Run> run = sourceRun(source.title, source.receiver, source.params, source.directory);
        if (const Problems problems = run->chain.check(); !problems.empty()) {
            const QString why = tr("The source %1 of the last session is left out. %2")
                                    .arg(source.title, QString::fromStdString(problems.front().text));
            report([this, why] { Q_EMIT said(why); });
            continue;
        }
        run->isStopped = source.isStopped;
        // A followed file has no secrets, and a program is started by its person, who is asked for them then.
        prepare(*run, m_capture, nullptr);
        if (!run->isStopped)
            run->router->start();
        m_started.push_back(run);
        report([this, run] {
            m_sources.push_back(run);
            Q_EMIT runsChanged();
        });
    }
}

void Session::keepSources()
{
    if (m_keptFolder.isEmpty())
        return;
    std::vector<KeptSource> sources;
    for (const std::shared_ptr<Run> &run : m_sources) {
        const ChainNode &receiver = receiverOf(*run);
        const QString type = QString::fromStdString(receiver.type->name());
        if (SourceKeeper::isKept(type))
            sources.push_back({run->title, type, receiver.params, QString::fromStdString(run->baseDirectory), run->isStopped});
    }
    m_sourceKeeper.keep(std::move(sources));
    post([this] {
        if (const Status status = m_sourceKeeper.write(); !status)
            report([this, why = QString::fromStdString(status.error().text)] { Q_EMIT said(why); });
    });
}

void Session::startDefault()
{
    auto run = std::make_shared<Run>();
    run->title = tr("Default project");
    run->document = ++m_documents;
    run->chain = defaultChain();
    run->baseDirectory = QDir::currentPath().toStdString();
    runProject(std::move(run));
}

void Session::startNew()
{
    auto run = std::make_shared<Run>();
    run->title = tr("New project");
    run->document = ++m_documents;
    run->baseDirectory = QDir::currentPath().toStdString();
    runProject(std::move(run));
}

void Session::runProject(const std::shared_ptr<Run> &run, std::function<void()> then)
{
    if (run->turn == 0)
        run->turn = ++m_turns;
    if (run->turn < m_projectTurn)
        return;
    m_asker.forget(m_projectQuestion);
    m_projectTurn = run->turn;
    m_projectQuestion = postWithAnswers(run->chain.nodes(), [this, run, then = std::move(then)](const KeyStoreAsker::Answers &answers) {
        if (startProject(run, answers) && then)
            report(then);
    });
}

// On the session's thread. False if what runs was wanted later.
bool Session::startProject(const std::shared_ptr<Run> &run, const KeyStoreAsker::Answers &answers)
{
    if (m_current && run->turn < m_current->turn)
        return false;
    // First the old one lets go of its ports and files: the new one may want the same.
    if (m_current) {
        m_current->router->stop();
        std::erase(m_started, m_current);
    }
    start(*run, m_capture, answers);
    m_current = run;
    m_started.push_back(run);
    report([this, run] {
        // One that was wanted before it, and whose secrets are still asked for, is wanted no more.
        if (m_projectTurn < run->turn)
            m_asker.forget(m_projectQuestion);
        if (run->document == 0)
            run->document = ++m_documents;
        m_project = run;
        m_running = true;
        Q_EMIT runsChanged();
    });
    return true;
}

std::shared_ptr<Session::Run> Session::projectAgain() const
{
    auto again = std::make_shared<Run>();
    again->document = m_project->document;
    again->title = m_project->title;
    again->path = m_project->path;
    again->chain = m_project->chain;
    again->extras = m_project->extras;
    again->baseDirectory = m_project->baseDirectory;
    return again;
}

void Session::restart()
{
    if (m_project)
        runProject(projectAgain());
}

void Session::apply(const Chain &chain)
{
    if (!m_project || !m_project->router)
        return;
    // What stays as it is is not made anew, and needs no secret.
    std::vector<ChainNode> changed;
    std::ranges::copy_if(chain.nodes(), std::back_inserter(changed), [&](const ChainNode &node) {
        const ChainNode *before = m_project->chain.node(node.id);
        return !before || before->type != node.type || before->params != node.params;
    });
    postWithAnswers(changed, [this, run = m_project, chain](const KeyStoreAsker::Answers &answers) {
        const Status status = run->router->apply(chain, answers);
        report([this, run, chain, problem = status ? QString() : QString::fromStdString(status.error().text)] {
            if (problem.isEmpty())
                run->chain = chain;
            Q_EMIT runsChanged();
            Q_EMIT applied(problem);
        });
    });
}

void Session::setRunning(bool running)
{
    if (running) {
        restart();
        return;
    }
    m_asker.forget(m_projectQuestion);
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
            post([this, absolute = QFileInfo(path).absoluteFilePath(), turn = ++m_turns] { openOne(absolute, turn); });
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
    std::shared_ptr<Run> run = sourceRun(name, receiver, SourceKeeper::withPositions(receiver, params, m_keptFolder), directory);
    if (const Problems problems = run->chain.check(); !problems.empty()) {
        Q_EMIT problemsFound(title, problems);
        return;
    }
    m_startingSources << name;
    postSource(run, nullptr);
}

void Session::postSource(const std::shared_ptr<Run> &run, const std::shared_ptr<Run> &before)
{
    // It may be stopped or removed while its secrets are asked for.
    const auto isWanted = [this, before, wasStopped = before && before->isStopped] {
        return !before || (std::ranges::find(m_sources, before) != m_sources.end() && before->isStopped == wasStopped);
    };
    postWithAnswers(run->chain.nodes(), [this, run, before](const KeyStoreAsker::Answers &answers) { startSource(run, before, answers); }, isWanted);
}

// On the session's thread.
void Session::startSource(const std::shared_ptr<Run> &run, const std::shared_ptr<Run> &before, const KeyStoreAsker::Answers &answers)
{
    if (before) {
        before->router->stop();
        std::erase(m_started, before);
    }
    start(*run, m_capture, answers);
    m_started.push_back(run);
    report([this, run, before] {
        m_startingSources.removeAll(run->title);
        if (const auto place = std::ranges::find(m_sources, before); before && place != m_sources.end())
            *place = run;
        else
            m_sources.push_back(run);
        if (m_sources.size() > maxSources)
            removeSource(m_sources.front());
        keepSources();
        Q_EMIT runsChanged();
    });
}

void Session::stopSource(const std::shared_ptr<Run> &run)
{
    run->isStopped = true;
    keepSources();
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
    postSource(again, run);
}

void Session::removeSource(const std::shared_ptr<Run> &run)
{
    std::erase(m_sources, run);
    post([this, run] {
        run->router->stop();
        std::erase(m_started, run);
        m_sourceKeeper.forgetPositions(receiverOf(*run).params);
    });
    keepSources();
    Q_EMIT runsChanged();
}

// On the session's thread.
void Session::openOne(const QString &path, int turn)
{
    if (filekind::isStore(path)) {
        openStoreByReader(path);
        return;
    }
    const Configuration configuration = loadConfiguration(path.toStdString());
    if (configuration.extras.drawing)
        openDrawing(path, configuration, turn);
    else if (configuration.ok())
        openProject(path, configuration, turn);
    else
        report([this, path, problems = configuration.problems] { Q_EMIT problemsFound(path, problems); });
}

// On the session's thread.
void Session::openProject(const QString &path, const Configuration &configuration, int turn, std::function<void()> then)
{
    auto run = std::make_shared<Run>();
    run->path = path;
    run->turn = turn;
    run->title = titleOf(configuration.chain, path);
    run->chain = configuration.chain;
    run->extras = configuration.extras;
    // A Python program's configuration has handlers, but nothing that records come in by.
    if (configuration.isPython())
        addDefaultReceiver(run->chain);
    run->baseDirectory = configuration.baseDirectory;
    const auto tell = [this, path, then = std::move(then)] {
        Q_EMIT opened(path);
        if (then)
            then();
    };
    if (!keyStoreNames(run->chain.nodes()).empty())
        report([this, run, tell] { runProject(run, tell); });
    else if (startProject(run, nullptr))
        report(tell);
}

// On the session's thread. A drawing need not be one that can run: its project runs, and the drawing is shown above it.
void Session::openDrawing(const QString &path, const Configuration &configuration, int turn)
{
    const Chain &chain = configuration.chain;
    if (chain.nodes().empty() && chain.comments().empty() && !configuration.ok()) {
        report([this, path, problems = configuration.problems] { Q_EMIT problemsFound(path, problems); });
        return;
    }
    const ProjectExtras::Drawing origin = *configuration.extras.drawing;
    const auto show = [this, chain, path] { Q_EMIT drawingOpened(chain, path); };
    report([this, origin, title = titleOf(chain, path), turn, show] {
        if (m_project && m_project->path.toStdString() == origin.project) {
            show();
            return;
        }
        post([this, origin, title, turn, show] {
            const Configuration base = origin.project.empty() ? Configuration() : loadConfiguration(origin.project);
            if (!origin.project.empty() && base.ok()) {
                openProject(QString::fromStdString(origin.project), base, turn, show);
            } else {
                // It had none, or that is gone: nothing runs before somebody applies it.
                auto run = std::make_shared<Run>();
                run->title = title;
                run->baseDirectory = origin.folder;
                run->turn = turn;
                if (startProject(run, nullptr))
                    report(show);
            }
        });
    });
}

// On the session's thread.
void Session::openStoreByReader(const QString &path)
{
    OpenedStore opened{.path = path, .choice = {}, .store = m_opener.find(path), .problem = {}, .marks = {}, .byReader = true};
    if (!opened.store) {
        auto store = m_opener.open(path, {});
        if (!store) {
            const Problems problems{{{}, store.error().text}};
            report([this, path, problems] { Q_EMIT problemsFound(path, problems); });
            return;
        }
        opened.store = std::move(*store);
    }
    opened.marks = marksPlace(m_dataFolder, opened);
    report([this, opened = std::move(opened)] {
        Q_EMIT storeOpened(opened);
        Q_EMIT this->opened(opened.path);
    });
}

void Session::openStore(const QString &path, const TextFormatChoice &choice)
{
    post([this, path, choice] {
        OpenedStore opened{.path = path, .choice = choice, .store = {}, .problem = {}, .marks = {}, .byReader = false};
        auto store = m_opener.open(path, choice);
        if (store) {
            opened.store = std::move(*store);
            opened.marks = marksPlace(m_dataFolder, opened);
        } else
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

void Session::keepDrawing(UnsavedDrawing drawing)
{
    drawing.number = m_drawings;
    m_isKeepingDrawing = true;
    post([this, drawing = std::move(drawing)] {
        const Status status = m_keeper.keep(drawing);
        // Once, until it works again.
        const bool isNews = !status && !m_keepingFailed && !m_dataFolder.isEmpty();
        m_keepingFailed = !status;
        report([this, problem = isNews ? QString::fromStdString(status.error().text) : QString()] {
            m_isKeepingDrawing = false;
            if (!problem.isEmpty())
                Q_EMIT said(tr("What is drawn and not saved cannot be kept: %1").arg(problem));
        });
    });
}

void Session::forgetDrawing()
{
    post([this] { m_keeper.forget(); });
}

void Session::adoptDrawing(const QString &path)
{
    post([this, path] { m_keeper.adopt(path); });
}

bool Session::leaveDrawing(UnsavedDrawing drawing, bool atOnce)
{
    if (m_dataFolder.isEmpty())
        return false;
    drawing.number = m_drawings++;
    const auto tell = [this](const Result<QString> &path) {
        if (path)
            Q_EMIT drawingLeft(*path);
        else
            Q_EMIT said(tr("What was drawn and not saved could not be kept: %1").arg(QString::fromStdString(path.error().text)));
    };
    if (atOnce) {
        const Result<QString> path = m_keeper.leave(drawing);
        tell(path);
        return path.ok();
    }
    post([this, drawing = std::move(drawing), tell] {
        report([tell, path = m_keeper.leave(drawing)] { tell(path); });
    });
    return true;
}

void Session::findDrawings()
{
    post([this] {
        const QStringList found = m_keeper.takeOrphans();
        if (!found.isEmpty())
            report([this, found] { Q_EMIT drawingsFound(found); });
    });
}

Status Session::saveProjectAs(const QString &path, const Chain *drawn, const ProjectExtras &extras)
{
    if (!m_project)
        return Error{"No project is open."};
    if (Status status = saveProject(drawn ? *drawn : m_project->chain, path.toStdString(), extras); !status)
        return status;
    m_project->path = path;
    m_project->extras = extras;
    m_project->title = titleOf(drawn ? *drawn : m_project->chain, path);
    const std::string folder = QFileInfo(path).absolutePath().toStdString();
    const bool isElsewhere = std::exchange(m_project->baseDirectory, folder) != folder;
    if (isElsewhere && m_running && hasRelativePaths(m_project->chain))
        runProject(projectAgain());
    Q_EMIT opened(path);
    Q_EMIT runsChanged();
    return {};
}

} // namespace sluice
