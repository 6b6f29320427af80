#include "console/RowSeeker.h"

#include "capture/CaptureMatcher.h"
#include "capture/TimeSorter.h"

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
    if (goal.inTime)
        return findInTime(goal, question);
    const CaptureSnapshot &snapshot = goal.snapshot;
    CaptureMatcher matcher(goal.filter, wallClock(), goal.store->loggers(), goal.store->sources());
    std::uint64_t first = snapshot.firstRow();
    std::uint64_t end = snapshot.endRow();
    if (goal.from && !goal.backwards)
        first = std::max(first, *goal.from + 1);
    else if (goal.from)
        end = std::min(end, *goal.from);
    if (first >= end)
        return std::nullopt;
    const std::size_t firstPage = snapshot.pageOf(first);
    const std::size_t pages = snapshot.pageOf(end - 1) - firstPage + 1;
    for (std::size_t i = 0; i < pages; ++i) {
        const CapturePage &page = *snapshot.page(firstPage + (goal.backwards ? pages - 1 - i : i));
        // A page that has none is not even read.
        const PageSummary *summary = page.summary();
        if (summary && !(mayHave(goal, *summary) && matcher.canMatch(*summary)))
            continue;
        const auto block = page.load();
        if (!block)
            continue;
        matcher.setBlock(**block);
        const auto begin = static_cast<std::uint32_t>(std::max(first, page.firstRow()) - page.firstRow());
        const auto stop = static_cast<std::uint32_t>(std::min(end, page.endRow()) - page.firstRow());
        for (std::uint32_t at = begin; at < stop; ++at) {
            if (at % rowsPerLook == 0 && m_question.load(std::memory_order_relaxed) != question)
                return std::nullopt;
            const std::uint32_t index = goal.backwards ? stop - 1 - (at - begin) : at;
            const CaptureBlock::Row row = (*block)->row(index);
            if (goal.levels.contains(severityOf(row.levelno)) && (!goal.notBefore || row.created >= *goal.notBefore) &&
                matcher.matches(index))
                return page.firstRow() + index;
        }
    }
    return std::nullopt;
}

// What is shown has passed the filter already.
std::optional<std::uint64_t> RowSeeker::findInTime(const Goal &goal, std::uint64_t question) const
{
    const ShownRows &shown = *goal.inTime;
    const TimeOrder &order = *shown.order();
    const auto isOther = [&] { return m_question.load(std::memory_order_relaxed) != question; };
    std::size_t begin = 0;
    std::size_t end = order.size();
    if (goal.from) {
        const std::size_t from = shown.find(*goal.from).value_or(goal.backwards ? end : 0);
        (goal.backwards ? end : begin) = goal.backwards ? from : std::min(end, from + 1);
    }
    if (goal.notBefore) {
        const auto bound = order.lowerBound(*goal.notBefore, [&](std::span<TimeOrder::Entry> entries) {
            return TimeSorter::look(goal.snapshot, shown.rows(), entries, isOther);
        });
        if (!bound)
            return std::nullopt;
        begin = std::max(begin, *bound);
    }
    // Of a part that has nothing as bad no record is read.
    int mildest = 0;
    while (mildest < severityCount && !goal.levels.contains(static_cast<Severity>(mildest)))
        ++mildest;
    const bool skips = mildest >= static_cast<int>(Severity::Warning);
    while (begin < end) {
        if (isOther())
            return std::nullopt;
        const TimeOrder::Part part = order.partOf(goal.backwards ? end - 1 : begin);
        const std::size_t first = std::max(begin, part.begin);
        const std::size_t stop = std::min(end, part.end);
        for (std::size_t i = 0; i < stop - first && !(skips && static_cast<int>(part.worst) < mildest); ++i) {
            const std::uint64_t row = shown.at(goal.backwards ? stop - 1 - i : first + i);
            if (goal.levels.contains(severityOf(goal.snapshot.columns(row).levelno)))
                return row;
        }
        (goal.backwards ? end : begin) = goal.backwards ? first : stop;
    }
    return std::nullopt;
}

} // namespace sluice
