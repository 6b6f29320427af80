#pragma once

#include "capture/CaptureSnapshot.h"
#include "capture/RowList.h"
#include "capture/TimeOrder.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sluice {

/// Brings the rows of a view into the order of time, on a thread of its own, and keeps them so while rows come and go. Reads
/// each row's time once, and once more where late rows come to stand beside it; rows that come in order are put behind the
/// others, late ones are collected and merged in together.
///
/// Public functions are for one thread, the view's. They never wait for the sorting.
class TimeSorter
{
public:
    /// What is in order at a moment; never changes.
    struct Moment
    {
        std::uint64_t generation = 0;
        RowList rows = RowList::list(); ///< that places are of
        TimeOrder order;
    };

    /// `news` is called by the sorter's thread whenever there is another moment; not after the destructor.
    explicit TimeSorter(std::function<void()> news);
    ~TimeSorter();
    TimeSorter(const TimeSorter &) = delete;
    TimeSorter &operator=(const TimeSorter &) = delete;

    /// Shows the rows that there are now. As long as `generation` is the same, they are those shown before, without
    /// some at the front, and with others behind. All must be contained in the snapshot.
    void show(const CaptureSnapshot &snapshot, const RowList &rows, std::uint64_t generation);

    /// The latest moment; none before the first.
    std::shared_ptr<const Moment> moment() const;

    /// How much of what was shown is in order, 0 to 100.
    int progress() const { return m_progress.load(std::memory_order_relaxed); }

    /// Fills times and severities of entries by the columns of their rows; false if `givesUp` says so between two pages.
    /// May wait for a disk. A row that cannot be read any more has the first time of its page.
    static bool look(const CaptureSnapshot &snapshot, const RowList &rows, std::span<TimeOrder::Entry> entries,
                     const std::function<bool()> &givesUp);

private:
    struct Question
    {
        CaptureSnapshot snapshot;
        RowList rows = RowList::list();
        std::uint64_t generation = 0;
        bool isNew = false;
    };

    void run();
    void answer(const Question &question);
    /// From the next page on that has some; false when there is none, or another question is asked.
    bool readPage(const Question &question);
    bool mergeLate(const Question &question);
    void publish(const Question &question);
    bool isOverdue() const { return m_asked.load(std::memory_order_relaxed) != m_answering; }

    const std::function<void()> m_news;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Question m_question;
    bool m_stopping = false;
    std::shared_ptr<const Moment> m_moment;
    /// Changes with what makes the answer under way worthless.
    std::atomic<std::uint64_t> m_asked{0};
    std::atomic<int> m_progress{0};

    // The sorter's own.
    std::uint64_t m_answering = 0;
    std::uint64_t m_generation = 0;
    std::uint64_t m_place = 0; ///< up to which times have been read
    TimeOrder m_order;
    std::vector<TimeOrder::Entry> m_inOrder;
    std::vector<TimeOrder::Entry> m_late; ///< read, but not yet in the order
    std::chrono::steady_clock::time_point m_published;
    std::thread m_thread;
};

} // namespace sluice
