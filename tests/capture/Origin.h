#pragma once

#include "record/DeliveryTracker.h"

#include <string>

namespace sluice::test {

/// A tracker that says where records come from, and nothing else, as the router's does.
class Origin final : public DeliveryTracker
{
public:
    Origin(std::string receiver, std::string peer) : m_receiver(std::move(receiver)), m_peer(std::move(peer)) {}

    RecordOrigin origin() const override { return {m_receiver, m_peer}; }
    void hold(std::uint32_t) override {}
    void release(std::uint32_t) override {}
    void dropped(const LogRecord &, std::string_view, std::string_view) override {}

private:
    const std::string m_receiver;
    const std::string m_peer;
};

} // namespace sluice::test
