#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace sluice {

struct LogRecord;

/// Who sent records: the node that received them, and its peer without what changes from connection to
/// connection ("127.0.0.1", a path, "stdin").
struct RecordOrigin
{
    std::string_view receiver;
    std::string_view peer;
};

/// Who wants to know what became of the records of a batch (the router's ledger). A record names its
/// tracker and its number in it; copies of a record keep both. All functions may be called from any
/// thread. A record without a tracker is nobody's business. Owned by std::shared_ptr.
class DeliveryTracker : public std::enable_shared_from_this<DeliveryTracker>
{
public:
    virtual ~DeliveryTracker() = default;

    /// Where the records of the batch came from. The text lives as long as the tracker.
    virtual RecordOrigin origin() const { return {}; }

    /// Whether somebody follows the record from node to node (a test record). Few records are.
    virtual bool isWatched() const { return false; }

    /// A node keeps the record for later. Each hold() is paired with one release().
    virtual void hold(std::uint32_t record) = 0;

    /// The node that held the record has passed it on, or said dropped() before.
    virtual void release(std::uint32_t record) = 0;

    /// The node could not do with the record what it is there for. `reason`: one sentence.
    virtual void dropped(const LogRecord &record, std::string_view node, std::string_view reason) = 0;
};

} // namespace sluice
