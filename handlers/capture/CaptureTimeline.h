#pragma once

#include "capture/CaptureSnapshot.h"
#include "capture/LevelStrip.h"
#include "capture/RowList.h"
#include "capture/TimeGrid.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace sluice {

/// Surveys the rows of a view, on a thread of its own: how many of each severity there are in each stretch of
/// time, and where in the list there are warnings and errors. Each row is looked at once, whatever comes and
/// goes, and only its columns; what it keeps does not depend on how many rows there are.
///
/// Public functions are for one thread, the view's. They never wait for the survey.
class CaptureTimeline
{
public:
    /// What was known at a moment; never changes.
    struct Moment
    {
        std::uint64_t generation = 0;
        TimeHistogram whole;
        /// The stretch that setPart() asked for, in finer steps.
        std::optional<TimeSpan> partSpan;
        TimeHistogram part;
        LevelStrip levels;
        /// All rows that were shown to it have been looked at.
        bool isComplete = false;
    };

    /// `news` is called by the survey's thread whenever there is another moment; not after the destructor.
    explicit CaptureTimeline(std::function<void()> news);
    ~CaptureTimeline();
    CaptureTimeline(const CaptureTimeline &) = delete;
    CaptureTimeline &operator=(const CaptureTimeline &) = delete;

    /// Shows the rows that there are now. As long as `generation` is the same, they are those shown before,
    /// without some at the front, and with others behind. All must be contained in the snapshot.
    void show(const CaptureSnapshot &snapshot, const RowList &rows, std::uint64_t generation);

    /// A stretch of time to be told in at most so many finer steps; none: none.
    void setPart(std::optional<TimeSpan> span, int steps);

    /// The latest moment; never null.
    std::shared_ptr<const Moment> moment() const;

private:
    struct Question
    {
        CaptureSnapshot snapshot;
        RowList rows = RowList::list();
        std::uint64_t generation = 0;
        std::optional<TimeSpan> part;
        int steps = 1;
        bool isNew = false;
    };

    /// What was counted of one page.
    struct Counted
    {
        std::uint64_t firstRow = 0; ///< of the page
        TimeGrid::Share whole;
        TimeGrid::Share part;
    };

    void run();
    void prepare(const Question &question);
    void coverPages(const Question &question);
    /// Both end at the next page when there is another question.
    void countPartAgain(const Question &question);
    void countNewRows(const Question &question);
    void countPage(const Question &question, std::size_t page, std::uint64_t place, std::uint64_t end);
    bool countBySummary(const Question &question, std::size_t page, std::uint64_t place, std::uint64_t end);
    void publish(const Question &question);
    bool isOverdue() const { return m_asked.load(std::memory_order_relaxed) != m_answering; }

    const std::function<void()> m_news;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Question m_question;
    bool m_stopping = false;
    std::shared_ptr<const Moment> m_moment = std::make_shared<Moment>();
    /// Changes with what makes the answer under way worthless.
    std::atomic<std::uint64_t> m_asked{0};

    // The survey's own.
    std::uint64_t m_answering = 0;
    std::uint64_t m_generation = 0;
    std::optional<TimeSpan> m_part;
    int m_steps = 0;
    TimeGrid m_whole;
    TimeGrid m_partGrid;
    LevelStrip m_levels;
    std::deque<Counted> m_counted;
    std::uint64_t m_place = 0;     ///< up to which rows have been looked at
    std::uint64_t m_partPlace = 0; ///< the same for the part
    std::chrono::steady_clock::time_point m_published;
    std::thread m_thread;
};

} // namespace sluice
