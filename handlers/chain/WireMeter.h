#pragma once

#include "chain/Wire.h"
#include "record/LogRecordBatch.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace sluice {

class WireTap;

/// What goes along a wire of a chain that runs: counted, and shown to whoever looks. A plan that takes the place of another
/// shares it where the wire has the same ends. For any thread.
class WireMeter
{
public:
    explicit WireMeter(Wire wire) : m_wire(std::move(wire)) {}

    /// Its ends.
    const Wire &wire() const { return m_wire; }

    /// Records go along. Where nobody looks it costs an addition for all of them.
    void pass(RecordSpan records)
    {
        count(records.size());
        if (isTapped())
            show(records);
    }
    /// The two halves of pass(), for who counts many at once and shows each.
    void count(std::uint64_t records) { m_passed.fetch_add(records, std::memory_order_relaxed); }
    void show(RecordSpan records);
    bool isTapped() const { return m_isTapped.load(std::memory_order_relaxed); }

    /// Records were lost at its end: no room before the node, or nothing there that could take them.
    void drop(std::uint64_t records) { m_dropped.fetch_add(records, std::memory_order_relaxed); }

    std::uint64_t passed() const { return m_passed.load(std::memory_order_relaxed); }
    std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }

    /// Shows the tap what passes from now on, until it is closed.
    void add(std::shared_ptr<WireTap> tap);

private:
    const Wire m_wire;
    std::atomic<std::uint64_t> m_passed{0};
    std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<bool> m_isTapped{false};
    std::mutex m_mutex;
    std::vector<std::shared_ptr<WireTap>> m_taps; ///< guarded by m_mutex
};

} // namespace sluice
