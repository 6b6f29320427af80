#include "capture/RecordStore.h"

#include "capture/PageLoader.h"

namespace sluice {

RecordStore::RecordStore() : m_loader(std::make_shared<PageLoader>([this] { wake(); })) {}

RecordStore::~RecordStore() { m_loader->stop(); }

void RecordStore::setWaker(std::function<void()> waker)
{
    const std::lock_guard lock(m_wakerMutex);
    m_waker = std::move(waker);
}

void RecordStore::wake()
{
    m_changes.fetch_add(1, std::memory_order_seq_cst);
    if (!m_wakerArmed.exchange(false, std::memory_order_seq_cst))
        return;
    const std::lock_guard lock(m_wakerMutex);
    if (m_waker)
        m_waker();
}

} // namespace sluice
