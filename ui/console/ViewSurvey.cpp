#include "console/ViewSurvey.h"

#include "console/Marks.h"
#include "console/OverviewStrip.h"
#include "console/RecordTable.h"
#include "console/TimelineView.h"
#include "console/ViewNavigator.h"

#include <QScrollBar>

#include <algorithm>
#include <array>
#include <limits>

namespace sluice {

ViewSurvey::ViewSurvey(RecordTable *table, RecordTableModel *model, ViewNavigator *navigator, Marks *marks,
                       TimelineView *timeline, OverviewStrip *strip, QObject *parent)
    : QObject(parent), m_table(table), m_model(model), m_navigator(navigator), m_timeline(timeline), m_strip(strip)
{
    m_strip->setMarks([marks](std::uint64_t row) -> std::optional<std::uint64_t> {
        const auto found = marks->all().lower_bound(row);
        return found == marks->all().end() ? std::nullopt : std::optional(found->first);
    });
    m_strip->setMatches([navigator](std::uint64_t row) { return navigator->finder().nextThatCame(row); });
    connect(marks, &Marks::changed, m_strip, &OverviewStrip::refresh);
    connect(m_strip, &OverviewStrip::placeChosen, this, [this](int index) {
        if (index < m_model->rowCount())
            m_table->goTo(m_model->rowNumber(index));
    });
    connect(m_timeline, &TimelineView::timeChosen, m_navigator,
            [this](qint64 time) { m_navigator->goToTime(time); });
    connect(m_timeline, &TimelineView::partWanted, this, [this](const std::optional<TimeSpan> &span, int steps) {
        m_part = span;
        m_steps = steps;
        if (m_survey)
            m_survey->setPart(span, steps);
    });
    connect(m_table->verticalScrollBar(), &QAbstractSlider::valueChanged, this, &ViewSurvey::showPlace);
}

// The survey's thread ends before what it posts to.
ViewSurvey::~ViewSurvey() { m_survey.reset(); }

void ViewSurvey::refresh()
{
    if (!m_timeline->isVisible() && !m_strip->isVisible())
        return;
    if (!m_survey) {
        m_survey = std::make_unique<CaptureTimeline>([this] { m_news.post([this] { takeMoment(); }); });
        m_survey->setPart(m_part, m_steps);
    }
    const RowList &rows = m_model->rows();
    if (!m_isShown || m_shownGeneration != m_model->rowsGeneration() || m_shownFirst != rows.firstPlace() ||
        m_shownSize != rows.size()) {
        m_isShown = true;
        m_shownGeneration = m_model->rowsGeneration();
        m_shownFirst = rows.firstPlace();
        m_shownSize = rows.size();
        m_survey->show(m_model->snapshot(), rows, m_shownGeneration);
    }
    const CaptureFilter &filter = m_model->filter();
    m_timeline->setNarrowed(filter.from || filter.until
                                ? std::optional(TimeSpan{
                                      filter.from.value_or(std::numeric_limits<Nanoseconds>::min()),
                                      filter.until.value_or(std::numeric_limits<Nanoseconds>::max())})
                                : std::nullopt);
    updateMatches();
    showRows();
    showPlace();
}

void ViewSurvey::showRows()
{
    // As they came they are shown with each moment; by time they also move without one.
    if (!m_moment || !m_model->isByTime() || m_stripVersion == m_model->shownVersion())
        return;
    m_stripVersion = m_model->shownVersion();
    m_strip->setRows(m_model->shown(), m_moment->levels);
}

void ViewSurvey::updateMatches()
{
    const RecordFinder &finder = m_navigator->finder();
    if (finder.text() == m_foundText && finder.count() == m_foundCount)
        return;
    m_foundText = finder.text();
    m_foundCount = finder.count();
    m_strip->refresh();
}

void ViewSurvey::takeMoment()
{
    const std::shared_ptr<const CaptureTimeline::Moment> moment = m_survey->moment();
    // Of the filter before: what is on the screen stays until there is something of this one.
    if (moment->generation != m_shownGeneration)
        return;
    m_moment = moment;
    m_timeline->setMoment(moment);
    m_stripVersion = m_model->shownVersion();
    m_strip->setRows(m_model->shown(), moment->levels);
    showPlace();
}

void ViewSurvey::showPlace()
{
    const int rows = m_model->rowCount();
    if (rows == 0 || !m_timeline->isVisible()) {
        m_timeline->setPlace(std::nullopt);
        return;
    }
    const int first = m_table->verticalScrollBar()->value();
    const int below = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last = below < 0 ? rows - 1 : below;
    std::optional<TimeSpan> place;
    // Not the ends alone: a sender's clock may be wrong.
    for (const int index : std::array{first, (first + last) / 2, last}) {
        if (index < 0 || index >= rows)
            continue;
        const auto columns = m_model->snapshot().tryColumns(m_model->rowNumber(index));
        if (!columns)
            return; // once it has been read, the clock ticks again
        if (!place)
            place = TimeSpan{columns->created, columns->created};
        place->begin = std::min(place->begin, columns->created);
        place->end = std::max(place->end, columns->created);
    }
    m_timeline->setPlace(place);
}

} // namespace sluice
