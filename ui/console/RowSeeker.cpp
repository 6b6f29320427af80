#include "console/RowSeeker.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

/// Rows between two looks at whether something else is asked.
constexpr std::uint64_t rowsPerLook = 4096;

bool mayHave(const RowSeeker::Goal &goal, const PageSummary &summary)
{
    if (goal.notBefore && summary.maxCreated < *goal.notBefore)
        return false;
    for (int i = 0; i < severityCount; ++i) {
        if (goal.levels.contains(static_cast<Severity>(i)) && summary.severities[static_cast<std::size_t>(i)] > 0)
            return true;
    }
    return false;
}

} // namespace

RowSeeker::RowSeeker(QObject *parent) : QObject(parent) {}

RowSeeker::~RowSeeker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        ++m_question;
    }
    m_asked.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void RowSeeker::seek(Goal goal, Answer answer)
{
    m_answer = std::move(answer);
    {
        const std::lock_guard lock(m_mutex);
        m_goal = std::move(goal);
        ++m_question;
    }
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    m_asked.notify_one();
}

void RowSeeker::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_asked.wait(lock, [this] { return m_stopping || m_goal; });
        if (m_stopping)
            return;
        const Goal goal = *std::exchange(m_goal, std::nullopt);
        const std::uint64_t question = m_question;
        lock.unlock();
        const std::optional<std::uint64_t> row = find(goal, question);
        m_news.post([this, question, row] { found(question, row); });
        lock.lock();
    }
}

void RowSeeker::found(std::uint64_t question, std::optional<std::uint64_t> row)
{
    if (question != m_question || !m_answer)
        return;
    const Answer answer = std::exchange(m_answer, nullptr);
    answer(row);
}

std::optional<std::uint64_t> RowSeeker::find(const Goal &goal, std::uint64_t question) const
{
    const CaptureSnapshot &snapshot = goal.snapshot;
    CaptureMatcher matcher(goal.filter);
    const bool anyLevel = goal.levels.isAll();
    std::uint64_t first = snapshot.firstRow();
    std::uint64_t end = snapshot.endRow();
    if (goal.from && !goal.backwards)
        first = std::max(first, *goal.from + 1);
    else if (goal.from)
        end = std::min(end, *goal.from);
    std::uint64_t looked = 0;
    while (first < end) {
        if (looked++ % rowsPerLook == 0 && m_question.load(std::memory_order_relaxed) != question)
            return std::nullopt;
        const std::uint64_t row = goal.backwards ? end - 1 : first;
        // A page that has none is not even read.
        const CapturePage &page = *snapshot.page(snapshot.pageOf(row));
        const bool atEdge = looked == 1 || row == (goal.backwards ? page.endRow() - 1 : page.firstRow());
        if (atEdge && page.summary() && !mayHave(goal, *page.summary())) {
            if (goal.backwards)
                end = page.firstRow();
            else
                first = page.endRow();
            continue;
        }
        (goal.backwards ? end : first) = goal.backwards ? row : row + 1;
        const CaptureBlock::Row columns = snapshot.columns(row);
        if (!anyLevel && !goal.levels.contains(severityOf(columns.levelno)))
            continue;
        if (goal.notBefore && columns.created < *goal.notBefore)
            continue;
        if (matcher.matches(snapshot, row))
            return row;
    }
    return std::nullopt;
}

} // namespace sluice
