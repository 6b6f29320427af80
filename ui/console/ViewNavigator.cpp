#include "console/ViewNavigator.h"

#include "console/FindBar.h"
#include "console/FrameClock.h"
#include "console/GoToBar.h"
#include "console/Marks.h"
#include "console/NoteBar.h"
#include "console/RecordTable.h"
#include "console/Words.h"

#include <QLineEdit>

namespace sluice {

ViewNavigator::ViewNavigator(std::shared_ptr<const RecordStore> capture, RecordTable *table, RecordTableModel *model,
                             Marks *marks, FrameClock *clock, QObject *parent)
    : QObject(parent), m_table(table), m_model(model), m_marks(marks), m_clock(clock),
      m_finder(std::move(capture), model), m_findBar(new FindBar(&m_finder)), m_goToBar(new GoToBar),
      m_noteBar(new NoteBar(marks))
{
    connect(m_findBar, &FindBar::textChanged, this, [this](const QString &text) {
        m_finder.setText(text);
        FoundText found = m_table->found();
        found.setFind(text);
        m_table->setFound(found);
        m_nearestDue = !text.isEmpty();
        m_clock->request();
        updateCounts();
    });
    connect(m_findBar, &FindBar::nextRequested, this, &ViewNavigator::findNext);
    connect(m_findBar, &FindBar::previousRequested, this, &ViewNavigator::findPrevious);
    connect(m_goToBar, &GoToBar::requested, this, &ViewNavigator::goTo);
    connect(m_table, &RecordTable::currentRowChanged, this, &ViewNavigator::updateCounts);
    connect(m_table, &RecordTable::noteRequested, this, &ViewNavigator::openNote);
    for (ViewBar *bar : {static_cast<ViewBar *>(m_findBar), static_cast<ViewBar *>(m_goToBar),
                         static_cast<ViewBar *>(m_noteBar)})
        connect(bar, &ViewBar::closed, m_table, qOverload<>(&QWidget::setFocus));
}

void ViewNavigator::openFind() { m_findBar->open(); }

void ViewNavigator::openGoTo() { m_goToBar->open(); }

void ViewNavigator::refresh()
{
    if (m_finder.text().isEmpty())
        return;
    if (m_finder.refresh())
        updateCounts();
    if (m_nearestDue)
        showNearest();
    if (m_finder.isSearching())
        m_clock->request();
}

// While one types, the view jumps no further than it must.
void ViewNavigator::showNearest()
{
    const auto current = m_table->currentRow();
    const auto from = current ? current : m_table->topRow();
    const auto row = from ? m_finder.nearest(*from) : std::nullopt;
    if (!row)
        return;
    m_nearestDue = false;
    m_table->goTo(*row);
}

void ViewNavigator::findNext()
{
    if (m_finder.text().isEmpty())
        return openFind();
    m_nearestDue = false;
    found(m_finder.next(m_table->currentRow()), {});
}

void ViewNavigator::findPrevious()
{
    if (m_finder.text().isEmpty())
        return openFind();
    m_nearestDue = false;
    found(m_finder.previous(m_table->currentRow()), {});
}

void ViewNavigator::updateCounts()
{
    const auto current = m_table->currentRow();
    m_findBar->showCounts(current ? m_finder.numberOf(*current) : 0);
}

void ViewNavigator::found(std::optional<std::uint64_t> row, const QString &otherwise)
{
    if (row)
        m_table->goTo(*row);
    else if (!otherwise.isEmpty())
        Q_EMIT said(otherwise);
}

void ViewNavigator::nextOf(Severity lowest, Severity highest, bool backwards)
{
    RowSeeker::Goal goal{m_model->store(), m_model->snapshot(),     m_model->filter(), {}, {},
                         m_table->currentRow(), backwards, inTime()};
    for (int i = 0; i < severityCount; ++i) {
        const auto severity = static_cast<Severity>(i);
        goal.levels.set(severity, severity >= lowest && severity <= highest);
    }
    const bool isWarning = highest == Severity::Warning;
    const QString otherwise = backwards ? isWarning ? tr("There is no warning before this record")
                                                    : tr("There is no error before this record")
                                        : isWarning ? tr("There is no warning after this record")
                                                    : tr("There is no error after this record");
    m_seeker.seek(std::move(goal), [this, otherwise](std::optional<std::uint64_t> row) { found(row, otherwise); });
}

void ViewNavigator::toggleMark()
{
    for (const std::uint64_t row : m_table->selectedRows(1'000))
        m_marks->toggle(row);
}

void ViewNavigator::nextMark(bool backwards)
{
    const std::map<std::uint64_t, QString> &marks = m_marks->all();
    const ShownRows &shown = m_model->shown();
    const auto current = m_table->currentRow();
    const std::size_t end = shown.size();
    const std::size_t from = current ? shown.find(*current).value_or(end) : end;
    std::optional<std::size_t> best;
    for (const auto &[marked, note] : marks) {
        const auto at = shown.find(marked);
        if (!at || (from != end && (backwards ? *at >= from : *at <= from)))
            continue;
        if (!best || (backwards ? *at > *best : *at < *best))
            best = at;
        // As they came, the first one that fits is the next.
        if (!backwards && !shown.order())
            break;
    }
    const auto row = best ? std::optional(shown.at(*best)) : std::nullopt;
    found(row, marks.empty() ? tr("No record is marked; M marks one")
               : backwards   ? tr("There is no mark before this record")
                             : tr("There is no mark after this record"));
}

void ViewNavigator::editNote()
{
    if (const auto row = m_table->currentRow())
        openNote(*row);
    else
        Q_EMIT said(tr("Select a record first"));
}

void ViewNavigator::openNote(std::uint64_t row)
{
    if (!m_model->snapshot().contains(row))
        return;
    if (const auto view = m_model->snapshot().tryView(row))
        m_noteBar->openFor(row, words::timeOfDay(view->created) + QLatin1Char(' ') +
                                    words::fromUtf8(words::firstLine(view->message), 200));
}

void ViewNavigator::setReference()
{
    const auto row = m_table->currentRow();
    if (!row) {
        Q_EMIT said(tr("Select a record first"));
        return;
    }
    m_table->setReference(m_model->reference() == row ? std::nullopt : row);
}

RowSeeker::Goal ViewNavigator::goalOf(Nanoseconds time) const
{
    return {m_model->store(), m_model->snapshot(), m_model->filter(), {}, time, {}, false, inTime()};
}

std::optional<ShownRows> ViewNavigator::inTime() const
{
    return m_model->shown().order() ? std::optional(m_model->shown()) : std::nullopt;
}

void ViewNavigator::goToTime(Nanoseconds time)
{
    m_seeker.seek(goalOf(time), [this](std::optional<std::uint64_t> row) {
        found(row, tr("No record is as late as that"));
    });
}

void ViewNavigator::goTo(const QString &text)
{
    const auto top = m_table->topRow();
    const auto columns =
        top && m_model->snapshot().contains(*top) ? m_model->snapshot().tryColumns(*top) : std::nullopt;
    const Nanoseconds near = columns ? columns->created : wallClock();
    const auto place = placeFromText(text, m_model->timeFormat(), near, wallClock());
    if (!place) {
        m_goToBar->showProblem(tr("That is neither a time nor a row"));
        return;
    }
    if (const auto *number = std::get_if<std::uint64_t>(&*place)) {
        if (*number > static_cast<std::uint64_t>(m_model->rowCount())) {
            m_goToBar->showProblem(tr("There are %1").arg(words::counted(
                static_cast<std::uint64_t>(m_model->rowCount()), tr("row"), tr("rows"))));
            return;
        }
        m_table->goTo(m_model->rowNumber(static_cast<int>(*number - 1)));
        m_goToBar->close();
        return;
    }
    m_seeker.seek(goalOf(std::get<Nanoseconds>(*place)), [this](std::optional<std::uint64_t> row) {
        if (!row) {
            m_goToBar->showProblem(tr("No record is as late as that"));
            return;
        }
        m_table->goTo(*row);
        m_goToBar->close();
    });
}

} // namespace sluice
