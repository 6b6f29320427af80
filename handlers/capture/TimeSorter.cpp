#include "capture/TimeSorter.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

/// Between two moments: more than a person sees change.
constexpr std::chrono::milliseconds pause{80};

/// Fewer late rows than this wait for more, while there are others to be read.
constexpr std::size_t worthMerging = 64 * 1024;

/// The columns of a page's rows, or what stands for those of a page that cannot be read.
class PageColumns
{
public:
    explicit PageColumns(const CapturePage &page) : m_firstRow(page.firstRow())
    {
        if (Result<std::shared_ptr<const CaptureBlock>> block = page.load())
            m_block = std::move(*block);
        if (const PageSummary *summary = page.summary())
            m_lostTime = summary->minCreated;
    }

    void fill(std::uint64_t row, TimeOrder::Entry &entry) const
    {
        if (!m_block) {
            entry.time = m_lostTime;
            return;
        }
        const CaptureBlock::Row columns = m_block->row(static_cast<std::uint32_t>(row - m_firstRow));
        entry.time = columns.created;
        entry.severity = severityOf(columns.levelno);
    }

private:
    const std::uint64_t m_firstRow;
    std::shared_ptr<const CaptureBlock> m_block;
    Nanoseconds m_lostTime = 0;
};

} // namespace

TimeSorter::TimeSorter(std::function<void()> news) : m_news(std::move(news)), m_thread([this] { run(); }) {}

TimeSorter::~TimeSorter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        ++m_asked;
    }
    m_changed.notify_all();
    m_thread.join();
}

void TimeSorter::show(const CaptureSnapshot &snapshot, const RowList &rows, std::uint64_t generation)
{
    {
        const std::lock_guard lock(m_mutex);
        if (generation != m_question.generation) {
            ++m_asked;
            m_progress = 0;
        }
        m_question.snapshot = snapshot;
        m_question.rows = rows;
        m_question.generation = generation;
        m_question.isNew = true;
    }
    m_changed.notify_all();
}

std::shared_ptr<const TimeSorter::Moment> TimeSorter::moment() const
{
    const std::lock_guard lock(m_mutex);
    return m_moment;
}

void TimeSorter::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || m_question.isNew; });
        // What streams in is told a few times a second; what a person asks for, at once.
        m_changed.wait_until(lock, m_published + pause, [this] { return m_stopping || isOverdue(); });
        if (m_stopping)
            return;
        // Pages that were let go since are not kept for the next question.
        const Question question = std::exchange(m_question, Question{{}, RowList::list(), m_question.generation, false});
        m_answering = m_asked.load(std::memory_order_relaxed);
        lock.unlock();
        answer(question);
        lock.lock();
    }
}

void TimeSorter::answer(const Question &question)
{
    const std::uint64_t first = question.rows.firstPlace();
    if (question.generation != m_generation) {
        m_generation = question.generation;
        m_order = TimeOrder();
        m_late.clear();
        m_place = first;
    }
    m_order.removeBelow(first);
    std::erase_if(m_late, [first](const TimeOrder::Entry &entry) { return entry.place < first; });
    m_place = std::max(m_place, first);
    while (readPage(question)) {
        const std::size_t all = std::max<std::size_t>(question.rows.size(), 1);
        m_progress = static_cast<int>((m_place - first) * 99 / all);
        if (m_late.size() >= std::max(worthMerging, m_order.size() / 4) && !mergeLate(question))
            return;
    }
    if (isOverdue() || !mergeLate(question))
        return;
    m_late.shrink_to_fit();
    publish(question);
}

bool TimeSorter::readPage(const Question &question)
{
    const std::uint64_t first = question.rows.firstPlace();
    const std::uint64_t goal = first + question.rows.size();
    if (m_place >= goal || isOverdue())
        return false;
    const CapturePage &page =
        *question.snapshot.page(question.snapshot.pageOf(question.rows.at(static_cast<std::size_t>(m_place - first))));
    const PageColumns columns(page);
    const std::uint64_t end = std::min(goal, first + question.rows.countBelow(page.endRow()));
    m_inOrder.clear();
    for (; m_place < end; ++m_place) {
        TimeOrder::Entry entry{0, m_place, Severity::Debug};
        columns.fill(question.rows.at(static_cast<std::size_t>(m_place - first)), entry);
        const bool isInOrder =
            m_inOrder.empty() ? m_order.isBehindAll(entry) : entry.time >= m_inOrder.back().time;
        (isInOrder ? m_inOrder : m_late).push_back(entry);
    }
    m_order.append(m_inOrder);
    return true;
}

bool TimeSorter::mergeLate(const Question &question)
{
    TimeOrder::sort(m_late);
    if (!m_order.insert(m_late, [&](std::span<TimeOrder::Entry> entries) {
            return look(question.snapshot, question.rows, entries, [this] { return isOverdue(); });
        }))
        return false;
    m_late.clear();
    return true;
}

bool TimeSorter::look(const CaptureSnapshot &snapshot, const RowList &rows, std::span<TimeOrder::Entry> entries,
                      const std::function<bool()> &givesUp)
{
    // By place, so that each page is read once.
    std::vector<std::uint32_t> byPlace(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i)
        byPlace[i] = static_cast<std::uint32_t>(i);
    std::ranges::sort(byPlace, {}, [&](std::uint32_t i) { return entries[i].place; });
    std::optional<PageColumns> columns;
    std::uint64_t pageEnd = 0;
    for (const std::uint32_t i : byPlace) {
        const std::uint64_t row = rows.at(static_cast<std::size_t>(entries[i].place - rows.firstPlace()));
        if (!columns || row >= pageEnd) {
            if (givesUp())
                return false;
            const CapturePage &page = *snapshot.page(snapshot.pageOf(row));
            columns.emplace(page);
            pageEnd = page.endRow();
        }
        columns->fill(row, entries[i]);
    }
    return true;
}

void TimeSorter::publish(const Question &question)
{
    auto moment = std::make_shared<Moment>(Moment{m_generation, question.rows, m_order});
    m_published = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(m_mutex);
        m_moment = std::move(moment);
        if (!m_question.isNew || m_question.generation == m_generation)
            m_progress = 100;
    }
    m_news();
}

} // namespace sluice
