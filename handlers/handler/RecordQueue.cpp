#include "handler/RecordQueue.h"

#include "record/DeliveryTracker.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sluice {

namespace {

/// Where a run is so large, the next group begins another.
constexpr std::size_t fullRunRecords = 1024;
constexpr std::size_t fullRunBytes = 1024 * 1024;
/// Runs that are kept for the next use, and not where they have grown beyond this.
constexpr std::size_t freeRuns = 4;
constexpr std::size_t freeRunBytes = 2 * fullRunBytes;

constexpr std::string_view whenFullNames[] = {"block", "dropOldest", "dropNewest"};

} // namespace

std::string nameOf(WhenFull whenFull) { return std::string(whenFullNames[static_cast<std::size_t>(whenFull)]); }

std::optional<WhenFull> whenFullOfName(std::string_view name)
{
    const auto found = std::ranges::find(whenFullNames, name);
    return found == std::end(whenFullNames) ? std::nullopt : std::optional(static_cast<WhenFull>(found - std::begin(whenFullNames)));
}

RecordQueue::Run::~Run() = default;

std::size_t RecordQueue::Run::groupEnd(std::size_t first) const
{
    const auto end = std::ranges::upper_bound(m_groupEnds, m_first + first);
    return end == m_groupEnds.end() ? m_records.size() : *end - m_first;
}

RecordQueue::~RecordQueue()
{
    for (const std::unique_ptr<Run> &run : m_runs) {
        const std::span<const LogRecord> records = std::as_const(run->m_batch).records();
        for (const LogRecord &record : records.subspan(run->m_first)) {
            if (record.tracker)
                record.tracker->dropped(record, {}, "It was still in the queue when that ended.");
            release(record);
        }
    }
}

void RecordQueue::put(RecordSpan records, WhenFull whenFull, const DropObserver &dropped)
{
    std::unique_lock lock(m_mutex);
    if (whenFull == WhenFull::Block)
        m_room.wait(lock, [this] { return m_closed || !isFull(); });
    const std::size_t taken = m_closed ? 0 : append(records, whenFull == WhenFull::DropNewest);
    if (whenFull == WhenFull::DropOldest)
        dropOldest(dropped);
    for (const LogRecord *record : records.subspan(taken))
        dropped(*record);
    lock.unlock();
    if (taken > 0)
        m_news.notify_one();
}

void RecordQueue::putSentinel()
{
    {
        const std::lock_guard lock(m_mutex);
        lastRun().m_endsWithSentinel = true;
    }
    m_news.notify_one();
}

std::unique_ptr<RecordQueue::Run> RecordQueue::take()
{
    std::unique_lock lock(m_mutex);
    m_news.wait(lock, [this] { return !m_runs.empty(); });
    std::unique_ptr<Run> run = std::move(m_runs.front());
    m_runs.pop_front();
    m_bytes -= bytesOf(*run);
    if (run->m_endsWithSentinel) {
        run->m_endsWithSentinel = false;
        if (run->m_first == run->m_batch.size())
            return nullptr;
        auto sentinel = std::make_unique<Run>();
        sentinel->m_endsWithSentinel = true;
        m_bytes += bytesOf(*sentinel);
        m_runs.push_front(std::move(sentinel));
    }
    const std::span<const LogRecord> kept = std::as_const(run->m_batch).records().subspan(run->m_first);
    m_waiting -= kept.size();
    m_taken += kept.size();
    lock.unlock();
    m_room.notify_all();
    run->m_records.clear();
    for (const LogRecord &record : kept)
        run->m_records.push_back(&record);
    return run;
}

void RecordQueue::giveBack(std::unique_ptr<Run> run)
{
    for (const LogRecord *record : run->m_records)
        release(*record);
    const std::size_t given = run->m_records.size();
    const bool isWorthKeeping = bytesOf(*run) <= freeRunBytes;
    if (isWorthKeeping) {
        run->m_batch.clear();
        run->m_first = 0;
        run->m_groupEnds.clear();
        run->m_records.clear();
    }
    const std::lock_guard lock(m_mutex);
    m_taken -= given;
    if (isWorthKeeping && m_free.size() < freeRuns)
        m_free.push_back(std::move(run));
}

void RecordQueue::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_room.notify_all();
}

RecordQueue::Limits RecordQueue::limits() const
{
    const std::lock_guard lock(m_mutex);
    return m_limits;
}

void RecordQueue::setLimits(Limits limits)
{
    {
        const std::lock_guard lock(m_mutex);
        m_limits = limits;
    }
    m_room.notify_all();
}

void RecordQueue::liftLimits(bool lifted)
{
    {
        const std::lock_guard lock(m_mutex);
        m_isLifted = lifted;
    }
    m_room.notify_all();
}

void RecordQueue::takeToFront(RecordQueue &other)
{
    {
        const std::scoped_lock lock(m_mutex, other.m_mutex);
        m_runs.insert(m_runs.begin(), std::make_move_iterator(other.m_runs.begin()), std::make_move_iterator(other.m_runs.end()));
        other.m_runs.clear();
        m_waiting += std::exchange(other.m_waiting, 0);
        m_bytes += std::exchange(other.m_bytes, 0);
    }
    m_news.notify_one();
}

std::size_t RecordQueue::pending() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiting + m_taken;
}

bool RecordQueue::isFull() const
{
    // What is larger than the whole queue still fits into an empty one.
    return !m_isLifted && m_waiting > 0 && ((m_limits.records > 0 && m_waiting >= m_limits.records) ||
                             (m_limits.bytes > 0 && m_bytes >= m_limits.bytes));
}

bool RecordQueue::isOverfull() const
{
    return !m_isLifted && ((m_limits.records > 0 && m_waiting > m_limits.records) ||
                           (m_limits.bytes > 0 && m_bytes > m_limits.bytes && m_runs.size() > 1));
}

std::size_t RecordQueue::append(RecordSpan records, bool onlyIntoRoom)
{
    if (records.empty() || (onlyIntoRoom && isFull()))
        return 0;
    Run &run = lastRun();
    const std::size_t before = bytesOf(run);
    std::size_t count = 0;
    for (const LogRecord *record : records) {
        if (onlyIntoRoom && isFull())
            break;
        const LogRecord &kept = run.m_batch.addCopy(*record);
        if (kept.tracker)
            kept.tracker->hold(kept.trackerIndex);
        ++m_waiting;
        ++count;
    }
    run.m_groupEnds.push_back(run.m_batch.size());
    m_bytes += bytesOf(run) - before;
    return count;
}

void RecordQueue::dropOldest(const DropObserver &dropped)
{
    while (isOverfull()) {
        Run &run = *m_runs.front();
        const LogRecord &record = run.m_batch.records()[run.m_first++];
        dropped(record);
        release(record);
        --m_waiting;
        if (run.m_first == run.m_batch.size() && !run.m_endsWithSentinel && m_runs.size() > 1) {
            m_bytes -= bytesOf(run);
            m_runs.pop_front();
        }
    }
}

RecordQueue::Run &RecordQueue::lastRun()
{
    if (!m_runs.empty()) {
        Run &last = *m_runs.back();
        if (!last.m_endsWithSentinel && last.m_batch.size() < fullRunRecords &&
            last.m_batch.arena().used() < fullRunBytes)
            return last;
    }
    if (m_free.empty()) {
        m_runs.push_back(std::make_unique<Run>());
    } else {
        m_runs.push_back(std::move(m_free.back()));
        m_free.pop_back();
    }
    m_bytes += bytesOf(*m_runs.back());
    return *m_runs.back();
}

std::size_t RecordQueue::bytesOf(const Run &run)
{
    return run.m_batch.arena().capacity() + run.m_batch.size() * sizeof(LogRecord);
}

void RecordQueue::release(const LogRecord &record)
{
    if (record.tracker)
        record.tracker->release(record.trackerIndex);
}

} // namespace sluice
