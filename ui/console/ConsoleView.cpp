#include "console/ConsoleView.h"

#include "console/FirstRunHint.h"
#include "console/FollowPill.h"
#include "console/FrameClock.h"
#include "console/Notice.h"
#include "console/RecordTable.h"
#include "console/Words.h"

#include <QApplication>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluice {

ConsoleView::ConsoleView(std::shared_ptr<RecordStore> capture, FrameClock *clock, QWidget *parent)
    : QWidget(parent), m_clock(clock), m_capture(capture),
      m_model(new RecordTableModel(std::move(capture), this)), m_table(new RecordTable(m_model)),
      m_pages(new QStackedWidget), m_hint(new FirstRunHint), m_noMatches(new Notice),
      m_pill(new FollowPill(m_table, this))
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);

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
    });
    connect(m_model, &RecordTableModel::refiltered, this, [this] { m_passedAtStop = m_model->passed(); });
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(tr("Console"));
    updatePage();
}

const CaptureFilter &ConsoleView::filter() const { return m_model->filter(); }

void ConsoleView::setFilter(CaptureFilter filter)
{
    m_model->setFilter(std::move(filter));
    m_clock->request();
}

bool ConsoleView::isFollowing() const { return m_table->isFollowing(); }

void ConsoleView::setFollowing(bool following) { m_table->setFollowing(following); }

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
    updatePage();
    m_table->afterRefresh();
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
            page = m_hint;
        else if (!m_model->filter().isEmpty() && !m_model->isSearching()) {
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
    m_pill->setVisible(page == m_table || isFrozen());
}

void ConsoleView::updatePill()
{
    if (isFollowing() && !isFrozen()) {
        m_pill->showFollowing();
        return;
    }
    const std::uint64_t passed = m_model->passed();
    m_pill->showStopped(m_stoppedAt.toString(QStringLiteral("HH:mm:ss")), isFrozen(),
                        passed > m_passedAtStop ? passed - m_passedAtStop : 0);
}

} // namespace sluice
