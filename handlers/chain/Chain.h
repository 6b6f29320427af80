#pragma once

#include "base/Problem.h"
#include "handler/RecordQueue.h"
#include "node/NodeType.h"

#include <QJsonObject>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A node as placed in a chain.
struct ChainNode
{
    std::string id;              ///< unique in its chain; handlers and errors bear it as their name
    const NodeType *type = nullptr;
    QJsonObject params;          ///< only what differs from the defaults
    double x = 0;                ///< place on the canvas
    double y = 0;
};

/// From an output of a node to the input of another.
struct Wire
{
    std::string from;         ///< node id
    std::string port = "out"; ///< output of `from`
    std::string to;           ///< node id

    /// Of a wire to a node that waits for others: how many records may wait in its queue (which has the size of
    /// the largest of its wires), and what becomes of further ones.
    std::optional<std::size_t> queue;
    std::optional<WhenFull> whenFull;

    bool operator==(const Wire &) const = default;
    bool hasSameEnds(const Wire &other) const { return from == other.from && port == other.port && to == other.to; }
};

/// The graph that a user draws: nodes and the wires between them. A plain value; it runs nothing. Wires keep
/// their order: of two wires from one output, the first is served first.
class Chain
{
public:
    std::string name;

    const std::vector<ChainNode> &nodes() const { return m_nodes; }
    const std::vector<Wire> &wires() const { return m_wires; }

    const ChainNode *node(std::string_view id) const;
    ChainNode *node(std::string_view id);

    /// Adds a node; an empty or taken id is replaced by a free one. Returns the id.
    std::string addNode(ChainNode node);
    void addWire(Wire wire) { m_wires.push_back(std::move(wire)); }

    /// Everything that keeps it from running, or would surprise. Paths are those of the project file.
    Problems check() const;

    /// What is wrong between nodes: wires to nowhere, ports that do not exist, single outputs with two wires, circles,
    /// loggers behind loggers.
    Problems checkWiring() const;

    /// Where a node of that id stands in the project file: "$.nodes[2]".
    std::string pathOf(std::string_view id) const;

private:
    void checkWires(Problems &problems) const;
    void checkCycles(Problems &problems) const;
    void checkLoggers(Problems &problems) const;

    std::vector<ChainNode> m_nodes;
    std::vector<Wire> m_wires;
};

} // namespace sluice
