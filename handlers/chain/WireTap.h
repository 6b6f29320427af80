#pragma once

#include "base/Clock.h"
#include "handler/ConsoleSink.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace sluice {

/// Somebody who looks at a wire: gives what passes there to a sink of his own, on the thread that brings it. It takes a
/// fifth of that thread's time at most, so that no flood and no sink holds up the chain; what it misses then is counted.
/// For any thread.
class WireTap
{
public:
    struct Figures
    {
        std::uint64_t shown = 0;  ///< records given to the sink
        std::uint64_t missed = 0; ///< that passed while there was no time for them
    };
    /// A moment of a clock that does not go back.
    using Clock = std::function<Nanoseconds()>;

    explicit WireTap(std::shared_ptr<ConsoleSink> sink, Clock clock = {});

    /// Once this has returned the sink gets nothing more and is let go. Waits for a batch that is being given to it.
    void close();
    bool isClosed() const { return m_isClosed.load(std::memory_order_relaxed); }

    void show(RecordSpan records);

    Figures figures() const;

    /// Of the time of who brings records, one part in so many.
    static constexpr Nanoseconds share = 5;
    /// So much is there at once after a rest.
    static constexpr Nanoseconds burst = 20'000'000;

private:
    const Clock m_clock;
    std::mutex m_mutex;
    std::shared_ptr<ConsoleSink> m_sink; ///< guarded by m_mutex, as the next two
    Nanoseconds m_credit = burst;
    Nanoseconds m_last = 0;
    std::atomic<bool> m_isClosed{false};
    std::atomic<std::uint64_t> m_shown{0};
    std::atomic<std::uint64_t> m_missed{0};
};

} // namespace sluice
