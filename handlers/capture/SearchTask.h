#pragma once

#include "capture/CaptureMatcher.h"
#include "capture/RecordStore.h"
#include "capture/SearchPool.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace sluice {

/// What the pool's threads do for one CaptureSearch: each takes the next page that nobody has, and what they find
/// is put into order. Any thread may call anything.
class SearchTask final : public SearchWork
{
public:
    struct Found
    {
        /// Which setFilter() these rows belong to.
        std::uint64_t generation = 0;
        /// Rows that passed, ascending, behind those of the take() before.
        std::vector<std::uint64_t> rows;
        /// All rows below have been looked at.
        std::uint64_t searchedTo = 0;
    };

    /// `store` outlives all doPiece(), which stop() sees to.
    explicit SearchTask(const RecordStore &store) : m_store(store) {}

    std::uint64_t setFilter(CaptureFilter filter);
    /// True if there is something to do now.
    bool advance(std::uint64_t endRow);
    Found take();
    /// No piece is done any more when it returns.
    void stop();

    bool doPiece() override;

private:
    struct Piece
    {
        std::uint64_t generation = 0;
        std::shared_ptr<const CapturePage> page; ///< null: the rows are gone, and count as searched
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };
    struct Ahead
    {
        std::uint64_t to = 0;
        std::vector<std::uint64_t> rows;
    };

    bool takePiece(Piece &piece, std::unique_ptr<CaptureMatcher> &matcher);
    void deliver(const Piece &piece, std::vector<std::uint64_t> rows);

    const RecordStore &m_store;
    std::atomic<std::uint64_t> m_generation{0};

    std::mutex m_mutex;
    std::condition_variable m_idle;
    CaptureFilter m_filter;
    Nanoseconds m_now = 0;
    std::uint64_t m_goal = 0;
    std::uint64_t m_next = 0;                 ///< rows below have been given out
    std::map<std::uint64_t, Ahead> m_ahead;   ///< searched, behind what is not yet
    std::vector<std::unique_ptr<CaptureMatcher>> m_matchers; ///< of m_filter, that nobody uses
    Found m_found;
    unsigned m_working = 0;
    bool m_stopped = false;
};

} // namespace sluice
