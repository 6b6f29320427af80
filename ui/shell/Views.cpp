#include "shell/Views.h"

#include "console/ConsoleView.h"
#include "console/FrameClock.h"
#include "console/Highlights.h"
#include "console/RecordTable.h"
#include "shell/DocumentBar.h"
#include "shell/DocumentNotice.h"
#include "shell/Documents.h"
#include "shell/FilterMemory.h"
#include "shell/Settings.h"
#include "shell/TapBar.h"
#include "shell/ViewTabs.h"
#include "shell/ViewWindow.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QWindow>

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

constexpr int saveAfterMilliseconds = 1000;

ViewState stateOf(const ViewWindow &window)
{
    ViewState state = window.view()->state();
    state.ownWindow = true;
    state.geometry = window.saveGeometry();
    return state;
}

} // namespace

Views::Views(Documents *documents, Settings &settings, QObject *parent)
    : QObject(parent), m_documents(documents), m_settings(settings),
      m_filterMemory(new FilterMemory(settings, this)), m_highlights(new Highlights(this)),
      m_tabs(new ViewTabs)
{
    m_highlights->setRules(HighlightRules::fromJson(
        QJsonDocument::fromJson(m_settings.value(setting::highlights).toString().toUtf8()).array()));
    connect(m_highlights, &Highlights::changed, this, [this] {
        if (m_own)
            return;
        const QJsonDocument kept(m_highlights->rules().toJson());
        m_settings.setValue(setting::highlights, QString::fromUtf8(kept.toJson(QJsonDocument::Compact)));
    });
    m_saving.setSingleShot(true);
    m_saving.setInterval(saveAfterMilliseconds);
    connect(&m_saving, &QTimer::timeout, this, &Views::save);
    connect(m_documents, &Documents::shown, this, &Views::show);
    connect(m_documents, &Documents::storeReplaced, this, &Views::remake);
    connect(m_tabs, &ViewTabs::currentChanged, this, &Views::currentChanged);
    connect(m_tabs, &ViewTabs::moved, &m_saving, qOverload<>(&QTimer::start));
    connect(m_tabs, &ViewTabs::newRequested, this, [this] { add({}); });
    connect(m_tabs, &ViewTabs::closeRequested, this, &Views::close);
    connect(m_tabs, &ViewTabs::menuOpening, this, [this](QMenu *menu, ConsoleView *view) {
        Document *document = documentOf(view);
        if (document->log())
            menu->addAction(tr("Format…"), this, [this, document] { Q_EMIT formatRequested(document); });
    });
    connect(m_tabs, &ViewTabs::windowRequested, this, [this](ConsoleView *view, const QPoint &position) {
        if (ViewWindow *window = moveToWindow(view))
            window->move(position - QPoint(60, 12));
    });
    connect(qApp, &QApplication::focusWindowChanged, this, [this] {
        if (ConsoleView *view = current())
            Q_EMIT currentChanged(view);
    });
}

Views::~Views()
{
    // Who listens may be gone already.
    disconnect(qApp, nullptr, this, nullptr);
    disconnect();
    for (ViewWindow *window : std::exchange(m_windows, {}))
        delete window;
}

ConsoleView *Views::current() const
{
    const QWidget *active = QApplication::activeWindow();
    for (const ViewWindow *window : m_windows) {
        if (window == active)
            return window->view();
    }
    return m_tabs->current();
}

std::vector<ConsoleView *> Views::all() const
{
    std::vector<ConsoleView *> views;
    for (int i = 0; i < m_tabs->count(); ++i)
        views.push_back(m_tabs->view(i));
    for (const ViewWindow *window : m_windows)
        views.push_back(window->view());
    return views;
}

Document *Views::documentOf(const ConsoleView *view) const { return m_documents->of(view->capture().get()); }

Marks *Views::marks() const { return documentOf(current())->marks(); }

ConsoleView *Views::make(const ViewState &state)
{
    Document *document =
        state.file.path.isEmpty() ? m_documents->live() : m_documents->get(state.file.path, state.file.choice);
    auto *view = new ConsoleView(document->store(), document->clock(), document->marks());
    view->setHighlights(m_highlights);
    view->setState(state);
    if (!document->isLive()) {
        auto *notice = new DocumentNotice(document);
        view->setEmptyPage(notice);
        connect(notice, &DocumentNotice::retryRequested, this,
                [this, document] { m_documents->reopen(document, document->choice()); });
        if (document->tap())
            view->addFoot(new TapBar(document));
        else
            addBar(view, document);
        view->setAbout(document->about());
        const auto isLoading = [document] { return document->work() == Document::Work::Indexing; };
        view->setLoading(true); // what is there at first, too
        view->setLoading(isLoading());
        connect(document, &Document::changed, view, [view, document, isLoading] {
            view->setAbout(document->about());
            view->setLoading(isLoading());
        });
    }
    connect(view, &ConsoleView::stateChanged, &m_saving, qOverload<>(&QTimer::start));
    view->clock()->request(); // it rests while there is no news, and this view has seen none of the old
    Q_EMIT added(view);
    return view;
}

void Views::addBar(ConsoleView *view, Document *document)
{
    auto *bar = new DocumentBar(document);
    view->addFoot(bar);
    connect(bar, &DocumentBar::formatRequested, this, [this, document] { Q_EMIT formatRequested(document); });
    connect(bar, &DocumentBar::readAgainRequested, this,
            [this, document] { m_documents->reopen(document, document->choice()); });
}

ConsoleView *Views::addLive(ViewState state)
{
    state.file = {};
    return openTab(state);
}

ConsoleView *Views::showTap(const Wire &wire)
{
    Document *document = m_documents->tap(wire);
    return document ? show(document) : nullptr;
}

ConsoleView *Views::add(ViewState state)
{
    if (const ConsoleView *like = current(); like && state.file.path.isEmpty())
        state.file = like->state().file;
    return openTab(state);
}

ConsoleView *Views::openTab(const ViewState &state)
{
    if (all().size() >= maxViews)
        return current();
    ConsoleView *view = make(state);
    m_tabs->add(view);
    m_tabs->setCurrent(view);
    view->setFocus();
    m_saving.start();
    return view;
}

ConsoleView *Views::show(Document *document)
{
    for (ConsoleView *view : all()) {
        if (documentOf(view) != document)
            continue;
        if (ViewWindow *window = windowOf(view))
            window->activateWindow();
        else
            m_tabs->setCurrent(view);
        view->setFocus();
        return view;
    }
    ViewState state;
    state.file = {document->path(), document->choice()};
    // A log is read from its beginning, what comes live from its end.
    state.following = document->isLive() || document->tap();
    return openTab(state);
}

void Views::close(ConsoleView *view)
{
    Document *document = documentOf(view);
    if (ViewWindow *window = windowOf(view)) {
        forget(window);
    } else {
        if (m_tabs->count() < 2) {
            if (document->isLive())
                return;
            m_tabs->add(make({}));
        }
        m_tabs->take(view);
        view->deleteLater();
    }
    letGo(document);
    m_saving.start();
}

void Views::letGo(Document *document)
{
    const std::vector<ConsoleView *> views = all();
    if (std::ranges::none_of(views, [&](const ConsoleView *view) { return documentOf(view) == document; }))
        m_documents->close(document);
}

void Views::remake(const std::shared_ptr<RecordStore> &before, Document *document)
{
    for (ConsoleView *old : all()) {
        if (old->capture() != before)
            continue;
        ViewState state = old->state();
        state.file.choice = document->choice();
        ConsoleView *view = make(state);
        if (ViewWindow *window = windowOf(old)) {
            const QByteArray geometry = window->saveGeometry();
            forget(window);
            ViewWindow *other = openWindow(view);
            other->restoreGeometry(geometry);
            other->show();
        } else {
            m_tabs->replace(old, view);
            old->deleteLater();
        }
    }
    m_saving.start();
}

ViewWindow *Views::windowOf(const ConsoleView *view) const
{
    const auto found = std::ranges::find(m_windows, view, &ViewWindow::view);
    return found == m_windows.end() ? nullptr : *found;
}

void Views::forget(ViewWindow *window)
{
    std::erase(m_windows, window);
    window->hide();
    window->deleteLater();
    if (ConsoleView *view = current())
        Q_EMIT currentChanged(view);
}

ViewWindow *Views::openWindow(ConsoleView *view)
{
    auto *window = new ViewWindow(view, m_filterMemory);
    window->addActions(m_actions);
    m_windows.push_back(window);
    connect(window, &ViewWindow::backRequested, this, [this, view] { moveToTabs(view); });
    connect(window, &ViewWindow::closed, this, [this, window] {
        if (std::ranges::find(m_windows, window) == m_windows.end())
            return;
        Document *document = documentOf(window->view());
        forget(window);
        letGo(document);
        m_saving.start();
    });
    return window;
}

ViewWindow *Views::moveToWindow(ConsoleView *view)
{
    if (windowOf(view))
        return windowOf(view);
    // The tabs are never empty.
    if (m_tabs->count() < 2)
        m_tabs->add(make({}));
    m_tabs->take(view);
    ViewWindow *window = openWindow(view);
    window->show();
    view->setFocus();
    m_saving.start();
    return window;
}

void Views::moveToTabs(ConsoleView *view)
{
    ViewWindow *window = windowOf(view);
    if (!window)
        return;
    window->takeCentralWidget();
    m_tabs->add(view);
    m_tabs->setCurrent(view);
    forget(window);
    m_tabs->window()->activateWindow();
    view->setFocus();
    m_saving.start();
}

void Views::restore()
{
    const QJsonObject kept =
        QJsonDocument::fromJson(m_settings.value(setting::views).toString().toUtf8()).object();
    for (const QJsonValue &value : kept[QStringLiteral("views")].toArray()) {
        if (all().size() == maxViews)
            break;
        const ViewState state = ViewState::fromJson(value.toObject());
        ConsoleView *view = make(state);
        if (!state.ownWindow) {
            m_tabs->add(view);
            continue;
        }
        ViewWindow *window = openWindow(view);
        window->restoreGeometry(state.geometry);
        window->show();
    }
    if (m_tabs->count() == 0) {
        ViewState state;
        state.following = m_settings.value(setting::followAtStart).toBool();
        m_tabs->add(make(state));
    }
    const int current = kept[QStringLiteral("current")].toInt();
    if (current > 0 && current < m_tabs->count())
        m_tabs->setCurrent(m_tabs->view(current));
    m_saving.stop();
}

QJsonArray Views::liveViews() const
{
    QJsonArray views;
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (documentOf(m_tabs->view(i))->isLive())
            views.append(m_tabs->view(i)->state().toJson());
    }
    for (const ViewWindow *window : m_windows) {
        if (documentOf(window->view())->isLive())
            views.append(stateOf(*window).toJson());
    }
    return views;
}

void Views::replaceLive(const QJsonArray &views)
{
    const std::vector<ConsoleView *> before = all();
    ConsoleView *first = nullptr;
    std::size_t room = maxViews;
    for (const ConsoleView *view : before)
        room -= documentOf(view)->isLive() ? 0 : 1;
    for (const QJsonValue value : views) {
        if (room == 0)
            break;
        --room;
        const ViewState state = ViewState::fromJson(value.toObject());
        ConsoleView *view = make(state);
        if (state.ownWindow) {
            ViewWindow *window = openWindow(view);
            window->restoreGeometry(state.geometry);
            window->show();
            continue;
        }
        m_tabs->add(view);
        first = first ? first : view;
    }
    for (ConsoleView *view : before) {
        if (ViewWindow *window = windowOf(view)) {
            if (documentOf(view)->isLive())
                forget(window);
        } else if (!documentOf(view)->isLive()) {
            // Files stand behind the records that come live.
            m_tabs->take(view);
            m_tabs->add(view);
        } else {
            if (m_tabs->count() < 2)
                m_tabs->add(first = make({}));
            m_tabs->take(view);
            view->deleteLater();
        }
    }
    if (first)
        m_tabs->setCurrent(first);
}

void Views::showProject(const ProjectExtras &project)
{
    if (!project.hasViews() && !m_own)
        return;
    const bool hadOthers = m_own.has_value();
    if (!m_own)
        m_own = Own{liveViews(), m_highlights->rules()};
    if (!project.views.isEmpty() || hadOthers)
        replaceLive(project.views.isEmpty() ? m_own->views : project.views);
    m_highlights->setRules(project.highlights.isEmpty() ? m_own->highlights : HighlightRules::fromJson(project.highlights));
    if (!project.hasViews())
        m_own.reset();
    m_saving.start();
}

ProjectExtras Views::forProject() const
{
    ProjectExtras project;
    bool isPlain = true;
    for (const ConsoleView *view : all()) {
        if (!documentOf(view)->isLive())
            continue;
        // Which window it is in, and whether it follows just now, is this reader's own.
        ViewState state = view->state();
        state.ownWindow = false;
        state.geometry.clear();
        project.views.append(state.toJson());
        state.following = true;
        isPlain = isPlain && project.views.size() == 1 && state == ViewState();
    }
    if (isPlain)
        project.views = {};
    project.highlights = m_highlights->rules().toJson();
    return project;
}

void Views::setSaved(const ProjectExtras &project)
{
    if (project.hasViews() && !m_own)
        m_own = Own{liveViews(), m_highlights->rules()};
}

void Views::save()
{
    m_saving.stop();
    QJsonArray views = m_own ? m_own->views : QJsonArray();
    qsizetype current = 0;
    // Wires belong to the chain that runs, which is another the next time.
    const auto isKept = [this](const ConsoleView *view) { return !documentOf(view)->tap() && !(m_own && documentOf(view)->isLive()); };
    for (int i = 0; i < m_tabs->count(); ++i) {
        const ConsoleView *view = m_tabs->view(i);
        if (!isKept(view))
            continue;
        if (!m_own && view == m_tabs->current())
            current = views.size();
        views.append(view->state().toJson());
    }
    for (const ViewWindow *window : m_windows) {
        if (isKept(window->view()))
            views.append(stateOf(*window).toJson());
    }
    const QJsonObject kept{{QStringLiteral("current"), current}, {QStringLiteral("views"), views}};
    m_settings.setValue(setting::views, QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)));
}

} // namespace sluice
