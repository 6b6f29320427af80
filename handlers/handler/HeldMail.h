#pragma once

#include "record/LogRecordBatch.h"

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

/// Records that wait to be mailed together: their texts, and what is needed to account for each. Bounded in number and in
/// memory. Held records are pending for whoever tracks them. Not thread-safe but for size().
class HeldMail
{
public:
    explicit HeldMail(std::size_t most) : m_most(most) {}
    /// Tells the trackers that what is left was dropped.
    ~HeldMail();

    /// `text`: the record as the mail will show it. False: there is no room; the record is only counted.
    bool add(const LogRecord &record, std::string_view text);

    /// Records that are held, for any thread.
    std::size_t size() const { return m_size.load(std::memory_order_relaxed); }
    bool empty() const { return m_records.empty(); }
    std::span<const LogRecord> records() const { return m_records.records(); }
    /// The texts, each a line or more; then how many had no room.
    std::string text() const;

    /// The records have been mailed, or reported as dropped: forgets them.
    void release();

private:
    const std::size_t m_most;
    LogRecordBatch m_records;
    std::string m_texts;
    std::size_t m_overflow = 0;
    std::atomic<std::size_t> m_size{0};
};

} // namespace sluice
