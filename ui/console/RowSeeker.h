#pragma once

#include "base/CallQueue.h"
#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"
#include "capture/ShownRows.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace sluice {

/// Looks for the next row of a view with a property (an error, a time), on a thread of its own: among ten million
/// that takes longer than a frame. A new question ends the one before. For the UI thread.
class RowSeeker : public QObject
{
    Q_OBJECT

public:
    struct Goal
    {
        std::shared_ptr<const RecordStore> store;
        CaptureSnapshot snapshot; ///< of the store
        CaptureFilter filter; ///< the view's: rows that it hides are passed over
        SeveritySet levels;
        /// No row from before that time; as they came, where a sender's clock may be late.
        std::optional<Nanoseconds> notBefore;
        /// Only rows behind it, or, backwards, before it; none: from the first or the last one.
        std::optional<std::uint64_t> from;
        bool backwards = false;
        /// Of a view by time: what it shows, in whose order is sought.
        std::optional<ShownRows> inTime = std::nullopt;
    };
    /// The row found; none if there is none.
    using Answer = std::function<void(std::optional<std::uint64_t>)>;

    explicit RowSeeker(QObject *parent = nullptr);
    ~RowSeeker() override;

    /// `answer` is called on this thread, unless another question is asked before.
    void seek(Goal goal, Answer answer);
    bool isSeeking() const { return m_answer != nullptr; }

private:
    void run();
    std::optional<std::uint64_t> find(const Goal &goal, std::uint64_t question) const;
    std::optional<std::uint64_t> findInTime(const Goal &goal, std::uint64_t question) const;
    void found(std::uint64_t question, std::optional<std::uint64_t> row);

    CallQueue m_news;
    Answer m_answer;
    std::mutex m_mutex;
    std::condition_variable m_asked;
    std::optional<Goal> m_goal;
    bool m_stopping = false;
    std::atomic<std::uint64_t> m_question{0};
    std::thread m_thread; ///< begins with the first question
};

} // namespace sluice
