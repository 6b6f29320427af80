#pragma once

#include "canvas/NodeItem.h"
#include "canvas/WireItem.h"
#include "chain/RouterStatus.h"

#include <QHash>

#include <string>
#include <unordered_map>

namespace sluice {

/// Makes what nodes and wires of a canvas show out of what a router says of itself a few times a second: counters, rates,
/// what waits and what is lost. For the UI thread.
class ChainActivity
{
public:
    /// `time`: a moment of a clock that does not go back, in nanoseconds.
    void update(const RouterStatus &status, qint64 time);
    /// Nothing runs.
    void clear();

    std::optional<NodeItem::Live> node(const std::string &id) const;
    WireItem::Live wire(const Wire &wire) const;

private:
    struct Figures
    {
        NodeStatus status;
        std::uint64_t passed = 0;
        double passedRate = 0;
        std::uint64_t droppedAtWires = 0;
        std::string dropReason;
    };

    struct WireFigures
    {
        WireStatus status;
        double rate = 0;
    };
    /// Ends as one text.
    static std::string keyOf(const std::string &from, const std::string &port, const std::string &to);

    std::unordered_map<std::string, Figures> m_figures;
    std::unordered_map<std::string, WireFigures> m_wires;
    qint64 m_time = 0;
};

} // namespace sluice
