#include "base/ThreadSlot.h"

#include <cstdlib>
#include <windows.h>

namespace sluice {

namespace {

/// What Windows calls knows the value alone.
struct Held
{
    void *value;
    ThreadSlot::Destroy *destroy;
};

void WINAPI release(void *held)
{
    auto *own = static_cast<Held *>(held);
    own->destroy(own->value);
    delete own;
}

} // namespace

ThreadSlot::ThreadSlot(Destroy *destroy) : m_key(FlsAlloc(release)), m_destroy(destroy)
{
    if (m_key == FLS_OUT_OF_INDEXES)
        std::abort();
}

void *ThreadSlot::get() const
{
    const auto *held = static_cast<const Held *>(FlsGetValue(m_key));
    return held ? held->value : nullptr;
}

void ThreadSlot::set(void *value) const
{
    if (auto *held = static_cast<Held *>(FlsGetValue(m_key)))
        held->value = value;
    else
        FlsSetValue(m_key, new Held{value, m_destroy});
}

} // namespace sluice
