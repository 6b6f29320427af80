#pragma once

#include "record/LogRecord.h"

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

/// Frames that could not be sent, in their order and within a bound of memory, with what it takes to account for
/// their records: each is held at its tracker until it is sent or dropped. Not thread-safe.
class FrameBacklog
{
public:
    /// Told of each record that is dropped: a stand-in with the record's name, level, tracker and the beginning of
    /// its message. It is released afterwards.
    using Drop = std::function<void(const LogRecord &)>;

    explicit FrameBacklog(std::size_t maxBytes) : m_maxBytes(maxBytes) {}
    ~FrameBacklog();

    bool empty() const { return m_kept.empty(); }
    /// May be asked by any thread.
    std::size_t size() const { return m_size.load(std::memory_order_relaxed); }

    /// Keeps a frame, and drops the oldest to make room; the frame itself if it is larger than all the room.
    void add(std::string_view frame, const LogRecord &record, const Drop &drop);

    /// Takes all that another has, which is older than what is here. What has no room is dropped, the oldest first.
    void takeToFront(FrameBacklog &other, const Drop &drop);

    /// Appends frames from the oldest on, up to `bytes` or one frame; see sent().
    void copyFront(std::string &out, std::size_t bytes) const;
    /// The first `bytes` that copyFront() gave have been sent: forgets whole frames, and tells how many.
    std::size_t sent(std::size_t bytes);

    void dropAll(const Drop &drop);

private:
    struct Kept
    {
        std::string frame;
        std::string name;
        std::string message;
        int levelno = 0;
        std::shared_ptr<class DeliveryTracker> tracker;
        std::uint32_t trackerIndex = 0;

        std::size_t cost() const { return sizeof(Kept) + frame.capacity() + name.capacity() + message.capacity(); }
    };

    void dropFront(const Drop &drop);
    void removeFront();

    const std::size_t m_maxBytes;
    std::size_t m_bytes = 0;
    std::deque<Kept> m_kept;
    std::atomic<std::size_t> m_size{0};
};

} // namespace sluice
