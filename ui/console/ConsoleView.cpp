#include "console/ConsoleView.h"

#include "console/ColumnLayout.h"
#include "console/ColumnsPanel.h"
#include "console/ExportBar.h"
#include "console/FilterChips.h"
#include "console/FindBar.h"
#include "console/FirstRunHint.h"
#include "console/FollowPill.h"
#include "console/FrameClock.h"
#include "console/GoToBar.h"
#include "console/Highlights.h"
#include "console/HighlightsPanel.h"
#include "console/Marks.h"
#include "console/NoteBar.h"
#include "console/Notice.h"
#include "console/OverviewStrip.h"
#include "console/RecordTable.h"
#include "console/ViewMenus.h"
#include "console/SourceListModel.h"
#include "console/TimelineView.h"
#include "console/ViewNavigator.h"
#include "console/ViewSurvey.h"
#include "console/Words.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluice {

ConsoleView::ConsoleView(std::shared_ptr<RecordStore> capture, FrameClock *clock, Marks *marks, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_capture(capture),
      m_model(new RecordTableModel(std::move(capture), this)), m_chips(new FilterChips), m_table(new RecordTable(m_model, marks)),
      m_navigator(new ViewNavigator(m_capture, m_table, m_model, marks, clock, this)),
      m_timeline(new TimelineView), m_strip(new OverviewStrip),
      m_survey(new ViewSurvey(m_table, m_model, m_navigator, marks, m_timeline, m_strip, this)),
      m_middle(new QHBoxLayout), m_bars(new QVBoxLayout), m_pages(new QStackedWidget), m_hint(new FirstRunHint), m_noMatches(new Notice),
      m_pill(new FollowPill(m_table, this)), m_empty(m_hint)
{
    m_noMatches->setObjectName(QStringLiteral("noMatches"));
    m_noMatches->button()->setText(tr("Clear the filter"));
    for (QWidget *page : {static_cast<QWidget *>(m_hint), static_cast<QWidget *>(m_noMatches)}) {
        page->setAutoFillBackground(true);
        page->setBackgroundRole(QPalette::Base);
    }
    m_pages->addWidget(m_hint);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_noMatches);
    m_middle->setSpacing(0);
    m_middle->addWidget(m_pages, 1);
    m_middle->addWidget(m_strip);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_chips);
    layout->addWidget(m_timeline);
    layout->addLayout(m_middle, 1);
    layout->addWidget(m_navigator->findBar());
    layout->addWidget(m_navigator->goToBar());
    layout->addWidget(m_navigator->noteBar());
    layout->addLayout(m_bars);

    m_chips->setSourceNames([this](std::uint32_t source) {
        return SourceListModel::nameOf(m_capture->sources(), source);
    });
    connect(m_chips, &FilterChips::changed, this, [this](CaptureFilter filter) {
        filter.text = m_model->filter().text;
        setFilter(std::move(filter));
    });
    connect(clock, &FrameClock::tick, this, &ConsoleView::tick);
    connect(m_noMatches->button(), &QPushButton::clicked, this, &ConsoleView::clearFilterRequested);
    connect(m_pill, &QAbstractButton::clicked, this, [this] {
        const bool stopped = !isFollowing() || isFrozen();
        setFrozen(false);
        setFollowing(stopped);
    });
    connect(m_table, &RecordTable::followingChanged, this, [this](bool following) {
        if (!following)
            markStop();
        updatePill();
        Q_EMIT followingChanged(following);
        Q_EMIT stateChanged();
    });
    connect(m_table, &RecordTable::layoutChanged, this, [this] {
        if (m_columns && m_columns->isVisible())
            m_columns->setColumns(m_table->columnLayout()->columns());
        Q_EMIT stateChanged();
    });
    connect(m_table, &RecordTable::headerMenuRequested, this, [this](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menus::fillHeaderMenu(*menu, *this);
        menu->popup(position);
    });
    connect(m_table, &RecordTable::menuRequested, this, &ConsoleView::menuRequested);
    connect(m_table, &RecordTable::copyRequested, this,
            [this] { exportBar()->copy(RecordTextOptions::Kind::Text); });
    connect(m_timeline, &TimelineView::spanChosen, this, [this](const TimeSpan &span) {
        CaptureFilter narrowed = filter();
        narrowed.from = span.begin;
        narrowed.until = span.end;
        setFilter(std::move(narrowed));
    });
    connect(m_timeline, &TimelineView::resetRequested, this, [this] {
        CaptureFilter wide = filter();
        wide.from.reset();
        wide.until.reset();
        setFilter(std::move(wide));
    });
    connect(m_navigator, &ViewNavigator::said, this, &ConsoleView::said);
    connect(m_model, &RecordTableModel::refiltered, this, [this] {
        // What another filter finds among the records that are there is no news either.
        m_passedAtStop = m_model->passed();
        m_isSettling = true;
    });
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(tr("Console"));
    updatePage();
}

const CaptureFilter &ConsoleView::filter() const { return m_model->filter(); }

void ConsoleView::setFilter(CaptureFilter filter)
{
    if (filter == m_model->filter())
        return;
    m_model->setFilter(std::move(filter));
    m_chips->setFilter(m_model->filter());
    FoundText found = m_table->found();
    found.setFilter(m_model->filter());
    m_table->setFound(found);
    m_clock->request();
    Q_EMIT filterChanged();
    Q_EMIT stateChanged();
}

ViewState ConsoleView::state() const
{
    ViewState state;
    state.name = m_name;
    state.file = m_file;
    state.filter = m_model->filter();
    state.columns = m_table->columnLayout()->columns();
    state.time = m_model->timeFormat();
    state.byTime = m_model->isByTime();
    state.following = isFollowing();
    return state;
}

void ConsoleView::setState(const ViewState &state)
{
    m_file = state.file;
    setName(state.name);
    setFilter(state.filter);
    m_model->setTimeFormat(state.time);
    m_table->columnLayout()->set(state.columns);
    if (state.time.kind == TimeFormat::Kind::Ago)
        m_table->setTimeFormat(state.time);
    setByTime(state.byTime);
    setFollowing(state.following);
}

void ConsoleView::setByTime(bool byTime)
{
    if (byTime == m_model->isByTime())
        return;
    m_model->setByTime(byTime);
    m_clock->request();
    Q_EMIT stateChanged();
}

void ConsoleView::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    Q_EMIT stateChanged();
}

QString ConsoleView::title() const
{
    ViewState state;
    state.name = m_name;
    state.file = m_file;
    state.filter = m_model->filter();
    return state.title();
}

void ConsoleView::setAbout(const QString &about)
{
    if (about == m_about)
        return;
    m_about = about;
    Q_EMIT stateChanged();
}

void ConsoleView::setEmptyPage(QWidget *page)
{
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    m_pages->addWidget(page);
    m_empty = page;
    updatePage();
}

void ConsoleView::setLoading(bool loading)
{
    m_isSettling = m_isSettling || m_isLoading || loading;
    m_isLoading = loading;
    m_clock->request();
}

void ConsoleView::addFoot(QWidget *bar) { layout()->addWidget(bar); }

void ConsoleView::nextTimeFormat()
{
    TimeFormat format = m_model->timeFormat();
    const bool last = format.kind == TimeFormat::Kind::SinceReference ||
                      (format.kind == TimeFormat::Kind::SincePrevious && !m_model->reference());
    format.kind = last ? TimeFormat::Kind::Clock : static_cast<TimeFormat::Kind>(static_cast<int>(format.kind) + 1);
    m_table->setTimeFormat(format);
}

void ConsoleView::setColumnsPanelVisible(bool visible)
{
    columnsPanel()->setColumns(m_table->columnLayout()->columns());
    m_columns->setVisible(visible);
    if (!visible)
        m_table->setFocus();
}

ColumnsPanel *ConsoleView::columnsPanel()
{
    if (!m_columns) {
        m_columns = new ColumnsPanel;
        m_columns->hide();
        // Beside the strip, whatever came there before it.
        m_middle->insertWidget(m_middle->indexOf(m_strip) + 1, m_columns);
        connect(m_columns, &ColumnsPanel::columnsChosen, m_table->columnLayout(), &ColumnLayout::set);
        connect(m_columns, &ColumnsPanel::closed, this, [this] { setColumnsPanelVisible(false); });
    }
    return m_columns;
}

ExportBar *ConsoleView::exportBar()
{
    if (!m_exportBar) {
        m_exportBar = new ExportBar(m_table, m_model);
        m_bars->addWidget(m_exportBar);
        connect(m_exportBar, &ViewBar::closed, m_table, qOverload<>(&QWidget::setFocus));
    }
    return m_exportBar;
}

void ConsoleView::setHighlights(Highlights *highlights)
{
    m_highlights = highlights;
    connect(highlights, &Highlights::changed, this,
            [this, highlights] { m_table->setHighlightRules(highlights->rules()); });
    m_table->setHighlightRules(highlights->rules());
}

HighlightsPanel *ConsoleView::highlightsPanel()
{
    if (!m_highlightsPanel) {
        m_highlightsPanel = new HighlightsPanel(m_highlights);
        m_middle->addWidget(m_highlightsPanel);
        m_highlightsPanel->hide();
        connect(m_highlightsPanel, &HighlightsPanel::closed, this, [this] { setHighlightsPanelVisible(false); });
    }
    return m_highlightsPanel;
}

void ConsoleView::setHighlightsPanelVisible(bool visible)
{
    highlightsPanel()->setVisible(visible);
    if (visible)
        m_highlightsPanel->field()->setFocus();
    else
        m_table->setFocus();
}

bool ConsoleView::isFollowing() const { return m_table->isFollowing(); }

void ConsoleView::setFollowing(bool following)
{
    if (following)
        setFrozen(false);
    m_table->setFollowing(following);
}

bool ConsoleView::isFrozen() const { return m_model->isFrozen(); }

void ConsoleView::setFrozen(bool frozen)
{
    if (frozen == isFrozen())
        return;
    m_model->setFrozen(frozen);
    if (frozen)
        markStop();
    m_clock->request();
    updatePill();
    Q_EMIT frozenChanged(frozen);
}

void ConsoleView::markStop()
{
    m_stoppedAt = QTime::currentTime();
    m_passedAtStop = m_model->passed();
}

void ConsoleView::tick()
{
    const bool more = m_model->refresh();
    if (m_isSettling)
        m_passedAtStop = m_model->passed();
    m_isSettling = m_isLoading || (m_isSettling && (more || m_model->isSearching()));
    updatePage();
    m_table->afterRefresh();
    m_navigator->refresh();
    m_survey->refresh();
    updatePill();
    if (more)
        m_clock->request();
}

void ConsoleView::updatePage()
{
    QWidget *page = m_table;
    if (m_model->rowCount() == 0) {
        const bool captureIsEmpty = m_capture->snapshot().size() == 0;
        if (captureIsEmpty)
            page = m_empty;
        else if (!m_model->filter().isEmpty() && !m_model->isSearching() && !m_model->isSorting()) {
            page = m_noMatches;
            m_noMatches->setWords(
                tr("No record matches"),
                tr("%1 looked at. New matches will appear here.")
                    .arg(words::counted(m_model->snapshot().size(), tr("record was"), tr("records were"))));
        }
    }
    if (m_pages->currentWidget() != page) {
        // Keys go to the records as soon as there are any.
        const bool hadFocus = hasFocus() || isAncestorOf(QApplication::focusWidget());
        m_pages->setCurrentWidget(page);
        if (hadFocus)
            (page == m_table ? static_cast<QWidget *>(m_table) : this)->setFocus();
    }
    m_strip->setVisible(page == m_table);
    // Of a file that is read at leisure there is nothing to tell before something is new.
    const bool isAtLeisure = !m_file.path.isEmpty() && !isFollowing() && m_model->passed() <= m_passedAtStop;
    m_pill->setVisible((page == m_table && !isAtLeisure) || isFrozen());
}

void ConsoleView::updatePill()
{
    if (m_model->isSorting() && m_model->sortProgress() < 99) {
        m_pill->showSorting(m_model->sortProgress());
        return;
    }
    if (isFollowing() && !isFrozen()) {
        m_pill->showFollowing();
        return;
    }
    const std::uint64_t passed = m_model->passed();
    m_pill->showStopped(m_stoppedAt.toString(QStringLiteral("HH:mm:ss")), isFrozen(),
                        passed > m_passedAtStop ? passed - m_passedAtStop : 0);
}

} // namespace sluice
