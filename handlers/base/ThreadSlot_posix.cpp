#include "base/ThreadSlot.h"

#include <cstdlib>
#include <pthread.h>

namespace sluice {

ThreadSlot::ThreadSlot(Destroy *destroy) : m_destroy(destroy)
{
    pthread_key_t key;
    if (pthread_key_create(&key, destroy) != 0)
        std::abort(); // 1024 others
    m_key = key;
}

void *ThreadSlot::get() const { return pthread_getspecific(static_cast<pthread_key_t>(m_key)); }

void ThreadSlot::set(void *value) const { (void)pthread_setspecific(static_cast<pthread_key_t>(m_key), value); }

} // namespace sluice
