#include "capture/CaptureTimeline.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sluice {

namespace {

/// Between two moments: more than a person sees change.
constexpr std::chrono::milliseconds pause{80};

/// A page is smaller than a pixel of any strip if the list is so many times as long.
constexpr std::uint64_t pagesOfADot = 1024;

/// The place in the list behind the rows of a page.
std::uint64_t endPlace(const CaptureSnapshot &snapshot, const RowList &rows, std::size_t page)
{
    const std::uint64_t endRow = snapshot.page(page)->firstRow() + snapshot.rowsOf(page);
    return rows.firstPlace() + rows.countBelow(endRow);
}

} // namespace

CaptureTimeline::CaptureTimeline(std::function<void()> news)
    : m_news(std::move(news)), m_thread([this] { run(); })
{
}

CaptureTimeline::~CaptureTimeline()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        ++m_asked;
    }
    m_changed.notify_all();
    m_thread.join();
}

void CaptureTimeline::show(const CaptureSnapshot &snapshot, const RowList &rows, std::uint64_t generation)
{
    {
        const std::lock_guard lock(m_mutex);
        if (generation != m_question.generation)
            ++m_asked;
        m_question.snapshot = snapshot;
        m_question.rows = rows;
        m_question.generation = generation;
        m_question.isNew = true;
    }
    m_changed.notify_all();
}

void CaptureTimeline::setPart(std::optional<TimeSpan> span, int steps)
{
    {
        const std::lock_guard lock(m_mutex);
        if (span == m_question.part && steps == m_question.steps)
            return;
        m_question.part = span;
        m_question.steps = std::max(1, steps);
        m_question.isNew = true;
        ++m_asked;
    }
    m_changed.notify_all();
}

std::shared_ptr<const CaptureTimeline::Moment> CaptureTimeline::moment() const
{
    const std::lock_guard lock(m_mutex);
    return m_moment;
}

void CaptureTimeline::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || m_question.isNew; });
        // What streams in is told a few times a second; what a person asks for, at once.
        m_changed.wait_until(lock, m_published + pause, [this] { return m_stopping || isOverdue(); });
        if (m_stopping)
            return;
        const Question question = m_question;
        m_question.isNew = false;
        m_answering = m_asked.load(std::memory_order_relaxed);
        lock.unlock();
        prepare(question);
        countPartAgain(question);
        countNewRows(question);
        // A question that was left is answered with the next one.
        if (!isOverdue())
            publish(question);
        lock.lock();
    }
}

void CaptureTimeline::prepare(const Question &question)
{
    const std::uint64_t firstPlace = question.rows.firstPlace();
    while (!m_counted.empty() && m_counted.front().firstRow < question.snapshot.firstRow() &&
           question.generation == m_generation) {
        m_whole.remove(m_counted.front().whole);
        m_partGrid.remove(m_counted.front().part);
        m_counted.pop_front();
    }
    if (question.generation != m_generation || m_whole.isTooCoarse()) {
        m_generation = question.generation;
        m_whole = TimeGrid();
        m_levels = LevelStrip();
        m_counted.clear();
        m_part.reset();
        m_place = firstPlace;
        coverPages(question);
    }
    if (question.part != m_part || question.steps != m_steps) {
        m_part = question.part;
        m_steps = question.steps;
        m_partGrid = m_part ? TimeGrid(*m_part, m_steps) : TimeGrid(TimeSpan(), 1);
        m_partPlace = firstPlace;
        for (Counted &counted : m_counted)
            counted.part = {};
    }
    m_levels.removeBelow(firstPlace);
    m_place = std::max(m_place, firstPlace);
    m_partPlace = std::max(m_partPlace, firstPlace);
}

// Knowing the whole span from the beginning spares counting pages row by row that lie within one stretch.
void CaptureTimeline::coverPages(const Question &question)
{
    if (!question.rows.isRange() || question.rows.size() == 0)
        return;
    std::optional<TimeSpan> span;
    for (std::size_t i = 0; i < question.snapshot.pageCount(); ++i) {
        const PageSummary *summary = question.snapshot.page(i)->summary();
        if (!summary)
            continue;
        if (!span)
            span = TimeSpan{summary->minCreated, summary->maxCreated};
        span->begin = std::min(span->begin, summary->minCreated);
        span->end = std::max(span->end, summary->maxCreated);
    }
    if (span)
        m_whole.cover(*span);
}

void CaptureTimeline::countPartAgain(const Question &question)
{
    const CaptureSnapshot &snapshot = question.snapshot;
    auto counted = m_counted.begin();
    for (std::size_t i = 0; m_part && m_partPlace < m_place && i < snapshot.pageCount() && !isOverdue();
         ++i) {
        const CapturePage &page = *snapshot.page(i);
        const std::uint64_t end = std::min(m_place, endPlace(snapshot, question.rows, i));
        if (end <= m_partPlace)
            continue;
        const std::uint64_t from = std::exchange(m_partPlace, end);
        const PageSummary *summary = page.summary();
        if (summary && (summary->maxCreated < m_part->begin || summary->minCreated >= m_part->end))
            continue;
        const Result<std::shared_ptr<const CaptureBlock>> block = page.load();
        if (!block)
            continue;
        for (std::uint64_t place = from; place < end; ++place) {
            const std::uint64_t row = question.rows.at(place - question.rows.firstPlace());
            const CaptureBlock::Row columns =
                (*block)->row(static_cast<std::uint32_t>(row - (*block)->firstRow()));
            m_partGrid.add(columns.created, severityOf(columns.levelno));
        }
        while (counted->firstRow != page.firstRow())
            ++counted;
        m_partGrid.takeShare(counted->part);
    }
}

void CaptureTimeline::countNewRows(const Question &question)
{
    const CaptureSnapshot &snapshot = question.snapshot;
    const std::uint64_t goal = question.rows.firstPlace() + question.rows.size();
    if (m_place >= goal || isOverdue())
        return;
    const std::size_t first = snapshot.pageOf(question.rows.at(m_place - question.rows.firstPlace()));
    for (std::size_t i = first; m_place < goal && !isOverdue(); ++i) {
        const std::uint64_t end = endPlace(snapshot, question.rows, i);
        if (end <= m_place)
            continue;
        if (m_counted.empty() || m_counted.back().firstRow != snapshot.page(i)->firstRow())
            m_counted.push_back({snapshot.page(i)->firstRow(), {}, {}});
        if (!countBySummary(question, i, m_place, end))
            countPage(question, i, m_place, end);
        m_whole.takeShare(m_counted.back().whole);
        m_partGrid.takeShare(m_counted.back().part);
        m_place = m_partPlace = end;
        if (std::chrono::steady_clock::now() - m_published >= pause)
            publish(question);
    }
}

bool CaptureTimeline::countBySummary(const Question &question, std::size_t page, std::uint64_t place,
                                     std::uint64_t end)
{
    const CapturePage &shown = *question.snapshot.page(page);
    const PageSummary *summary = shown.summary();
    if (!summary || !question.rows.isRange() || end - place != shown.rowCount() || shown.resident() ||
        (end - place) * pagesOfADot > question.rows.size() ||
        !m_whole.isSame(summary->minCreated, summary->maxCreated))
        return false;
    if (m_part && summary->maxCreated >= m_part->begin && summary->minCreated < m_part->end)
        return false;
    Severity worst = Severity::Debug;
    for (std::size_t i = 0; i < summary->severities.size(); ++i) {
        if (summary->severities[i] == 0)
            continue;
        worst = static_cast<Severity>(i);
        m_whole.add(summary->minCreated, worst, summary->severities[i]);
    }
    for (std::uint64_t at = place; at < end; ++at)
        m_levels.add(at, worst);
    return true;
}

void CaptureTimeline::countPage(const Question &question, std::size_t page, std::uint64_t place,
                                std::uint64_t end)
{
    const Result<std::shared_ptr<const CaptureBlock>> block = question.snapshot.page(page)->load();
    if (!block)
        return;
    for (; place < end; ++place) {
        const std::uint64_t row = question.rows.at(place - question.rows.firstPlace());
        const CaptureBlock::Row columns =
            (*block)->row(static_cast<std::uint32_t>(row - (*block)->firstRow()));
        const Severity severity = severityOf(columns.levelno);
        m_whole.add(columns.created, severity);
        if (m_part)
            m_partGrid.add(columns.created, severity);
        m_levels.add(place, severity);
    }
}

void CaptureTimeline::publish(const Question &question)
{
    auto moment = std::make_shared<Moment>();
    moment->generation = m_generation;
    moment->whole = m_whole.histogram();
    moment->partSpan = m_part;
    if (m_part)
        moment->part = m_partGrid.histogram();
    moment->levels = m_levels;
    moment->isComplete = m_place >= question.rows.firstPlace() + question.rows.size();
    m_published = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(m_mutex);
        m_moment = std::move(moment);
    }
    m_news();
}

} // namespace sluice
