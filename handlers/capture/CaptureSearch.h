#pragma once

#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sluice {

/// Keeps finding the rows of a capture that a filter lets through, on a thread of its own. Every row is
/// looked at once; a new filter ends the running search at once and begins at the first row.
///
/// All public functions are for one thread, the view's. They never wait for the search.
class CaptureSearch
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

    explicit CaptureSearch(std::shared_ptr<const RecordStore> capture);
    ~CaptureSearch();
    CaptureSearch(const CaptureSearch &) = delete;
    CaptureSearch &operator=(const CaptureSearch &) = delete;

    /// Begins anew. Returns the generation that what is found will bear.
    std::uint64_t setFilter(CaptureFilter filter);

    /// Tells that the capture has grown up to `endRow`: rows below are to be searched.
    void advance(std::uint64_t endRow);

    /// What has been found since the last call.
    Found take();

private:
    void run();
    /// Searches from m_searchedTo on, up to what was asked for, or until a new filter comes.
    void search(CaptureMatcher &matcher, std::uint64_t generation, std::uint64_t from, std::uint64_t to);

    const std::shared_ptr<const RecordStore> m_capture;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    CaptureFilter m_filter;
    Found m_found;
    std::uint64_t m_goal = 0;
    bool m_stopping = false;
    std::atomic<std::uint64_t> m_generation{0};
    std::thread m_thread;
};

} // namespace sluice
