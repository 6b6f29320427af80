#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace sluice {

/// Objects that come back when the last owner lets go of them, on whatever thread that is, and are handed out
/// again: what is used for every read is not made for every read. Thread-safe. Objects may outlive the pool.
template<typename T>
class RecyclingPool
{
public:
    using Make = std::function<std::unique_ptr<T>()>;
    /// Makes an object as good as new; false if it is not worth keeping.
    using Reset = std::function<bool(T &)>;

    RecyclingPool(std::size_t maxFree, Make make, Reset reset) : m_core(std::make_shared<Core>())
    {
        m_core->maxFree = maxFree;
        m_core->make = std::move(make);
        m_core->reset = std::move(reset);
    }

    std::shared_ptr<T> acquire()
    {
        std::unique_ptr<T> object;
        {
            const std::lock_guard lock(m_core->mutex);
            if (!m_core->free.empty()) {
                object = std::move(m_core->free.back());
                m_core->free.pop_back();
            }
        }
        if (!object)
            object = m_core->make();
        return std::shared_ptr<T>(object.release(), [core = std::weak_ptr<Core>(m_core)](T *returned) {
            std::unique_ptr<T> owned(returned);
            const std::shared_ptr<Core> alive = core.lock();
            if (!alive || !alive->reset(*owned))
                return;
            const std::lock_guard lock(alive->mutex);
            if (alive->free.size() < alive->maxFree)
                alive->free.push_back(std::move(owned));
        });
    }

private:
    struct Core
    {
        std::mutex mutex;
        std::vector<std::unique_ptr<T>> free;
        std::size_t maxFree = 0;
        Make make;
        Reset reset;
    };

    std::shared_ptr<Core> m_core;
};

} // namespace sluice
