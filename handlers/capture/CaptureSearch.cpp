#include "capture/CaptureSearch.h"

namespace sluice {

CaptureSearch::CaptureSearch(std::shared_ptr<const RecordStore> store)
    : m_store(std::move(store)), m_task(std::make_shared<SearchTask>(*m_store))
{
}

CaptureSearch::~CaptureSearch() { m_task->stop(); }

std::uint64_t CaptureSearch::setFilter(CaptureFilter filter)
{
    const std::uint64_t generation = m_task->setFilter(std::move(filter));
    if (m_goal > 0)
        m_pool->wake(m_task);
    return generation;
}

void CaptureSearch::advance(std::uint64_t endRow)
{
    if (endRow <= m_goal)
        return;
    m_goal = endRow;
    if (m_task->advance(endRow))
        m_pool->wake(m_task);
}

} // namespace sluice
