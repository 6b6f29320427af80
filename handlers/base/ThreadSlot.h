#pragma once

namespace sluice {

/// A pointer that each thread has of its own, null at first. What one points at is destroyed when its thread ends.
/// Where `thread_local` does, that is simpler; MinGW gives the memory of such objects back before it destroys them.
class ThreadSlot
{
public:
    using Destroy = void(void *);

    /// Slots are few and last as long as the program.
    explicit ThreadSlot(Destroy *destroy);

    void *get() const;
    void set(void *value) const;

private:
    unsigned long m_key;
    [[maybe_unused]] Destroy *m_destroy;
};

/// A T of each thread's own, made when it is first asked for.
template<class T>
class PerThread
{
public:
    T &get() const
    {
        if (void *value = m_slot.get()) [[likely]]
            return *static_cast<T *>(value);
        T *value = new T;
        m_slot.set(value);
        return *value;
    }

private:
    ThreadSlot m_slot{[](void *value) { delete static_cast<T *>(value); }};
};

} // namespace sluice
