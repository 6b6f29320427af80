#pragma once

#include "chain/BatchQueue.h"
#include "chain/Ledger.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace sluice {

/// What the receivers' ends of a router share: the account of what came, and the way to the router's thread.
class RouterIntake
{
public:
    /// Enough for the router never to starve while a receiver reads on; little enough to be soon at its end, and for
    /// the batches under way to stay in the processor's cache and in the receivers' pools.
    static constexpr std::size_t usualRecords = 4 * 1024;

    Ledger ledger;
    BatchQueue queue;

    explicit RouterIntake(std::size_t maxRecords) : queue(maxRecords) {}

    /// A batch is on its way from here on, in the count of its input as well.
    void begin(std::uint64_t &ofInput)
    {
        const std::lock_guard lock(m_mutex);
        ++m_batches;
        ++ofInput;
    }
    void end(std::uint64_t &ofInput)
    {
        const std::lock_guard lock(m_mutex);
        --m_batches;
        if (--ofInput == 0)
            m_progress.notify_all();
    }
    /// Something that waitUntil() may wait for has happened.
    void noteProgress()
    {
        const std::lock_guard lock(m_mutex);
        m_progress.notify_all();
    }

    /// False after the time-out (negative: none). `isReached` gets the number of batches on their way, under the lock
    /// under which begin() and end() count.
    bool waitUntil(int milliseconds, const std::function<bool(std::uint64_t batches)> &isReached)
    {
        std::unique_lock lock(m_mutex);
        const auto reached = [&] { return isReached(m_batches); };
        if (milliseconds >= 0)
            return m_progress.wait_for(lock, std::chrono::milliseconds(milliseconds), reached);
        m_progress.wait(lock, reached);
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_progress;
    std::uint64_t m_batches = 0; ///< guarded by m_mutex
};

} // namespace sluice
