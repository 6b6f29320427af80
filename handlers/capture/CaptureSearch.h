#pragma once

#include "capture/CaptureFilter.h"
#include "capture/RecordStore.h"
#include "capture/SearchTask.h"

#include <cstdint>
#include <memory>

namespace sluice {

/// Keeps finding the rows of a store that a filter lets through, on threads that all searches share. Every row
/// is looked at once; a new filter ends the running search at once and begins at the first row.
///
/// All functions are for one thread, the view's. They do not wait for the search; the destructor waits for the
/// page that is being read.
class CaptureSearch
{
public:
    using Found = SearchTask::Found;

    explicit CaptureSearch(std::shared_ptr<const RecordStore> store);
    ~CaptureSearch();
    CaptureSearch(const CaptureSearch &) = delete;
    CaptureSearch &operator=(const CaptureSearch &) = delete;

    /// Begins anew. Returns the generation that what is found will bear.
    std::uint64_t setFilter(CaptureFilter filter);

    /// Tells that the store has grown up to `endRow`: rows below are to be searched.
    void advance(std::uint64_t endRow);

    /// What has been found since the last call.
    Found take() { return m_task->take(); }

private:
    const std::shared_ptr<const RecordStore> m_store;
    const std::shared_ptr<SearchPool> m_pool = SearchPool::shared();
    const std::shared_ptr<SearchTask> m_task;
    std::uint64_t m_goal = 0;
};

} // namespace sluice
