#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sluice {

/// Work in pieces, each of a few milliseconds at most.
class SearchWork
{
public:
    virtual ~SearchWork() = default;
    /// Does a piece. Several threads may do pieces at once. False if there is nothing to do any more, for now.
    virtual bool doPiece() = 0;

private:
    friend class SearchPool;

    // Guarded by the pool's mutex.
    unsigned m_turns = 0;    ///< in the queue, or being done
    bool m_isWoken = false;  ///< since the last turn began
};

/// The threads that search for all views: a few, so that views are not slower for being many, and the window
/// stays live. Those who have work take turns. Any thread may call anything.
class SearchPool
{
public:
    explicit SearchPool(unsigned threads);
    ~SearchPool();
    SearchPool(const SearchPool &) = delete;
    SearchPool &operator=(const SearchPool &) = delete;

    /// The one that all searches share, as long as there are any.
    static std::shared_ptr<SearchPool> shared();

    unsigned threads() const { return static_cast<unsigned>(m_threads.size()); }

    /// There may be pieces to do. The work is kept until there are none.
    void wake(std::shared_ptr<SearchWork> work);

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<SearchWork>> m_waiting;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace sluice
