#pragma once

#include "base/Problem.h"
#include "chain/ChainEdit.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The graph that a user draws: nodes and the wires between them. A plain value; it runs nothing. Wires keep
/// their order: of two wires from one output, the first is served first.
class Chain
{
public:
    // Far above what a person draws; what is beyond is an accident or an attack.
    static constexpr std::size_t maxNodes = 2000;
    static constexpr std::size_t maxWires = 10000;
    static constexpr std::size_t maxComments = 2000;
    static constexpr std::size_t maxIdLength = 200;      ///< characters
    static constexpr std::size_t maxCommentLength = 10'000; ///< characters

    std::string name;

    const std::vector<ChainNode> &nodes() const { return m_nodes; }
    const std::vector<Wire> &wires() const { return m_wires; }
    const std::vector<ChainComment> &comments() const { return m_comments; }

    const ChainNode *node(std::string_view id) const;
    ChainNode *node(std::string_view id);

    /// Adds a node; an empty or taken id is replaced by a free one. Returns the id.
    std::string addNode(ChainNode node);
    void addWire(Wire wire) { m_wires.push_back(std::move(wire)); }
    /// The same for a comment.
    std::string addComment(ChainComment comment);

    /// `stem`, or with the first number behind it (or instead of its own) that makes it unlike all other ids.
    std::string freeId(std::string_view stem) const;

    /// Makes a change, or takes one back (inverseOf). The edit fits: it was made for the chain as it is.
    void apply(const ChainEdit &edit);

    /// Everything that keeps it from running, or would surprise. Paths are those of the project file.
    Problems check() const;

    /// What is wrong between nodes: wires to nowhere, ports that do not exist, single outputs with two wires, circles,
    /// loggers behind loggers.
    Problems checkWiring() const;

    /// What is wrong with a wire by itself, whether it is in the chain or not: its ends, its port, its queue.
    Problems checkWire(const Wire &wire, const std::string &path) const;

    /// Where a node of that id stands in the project file: "$.nodes[2]".
    std::string pathOf(std::string_view id) const;

private:
    void checkWires(Problems &problems) const;
    void checkCycles(Problems &problems) const;
    void checkLoggers(Problems &problems) const;

    std::vector<ChainNode> m_nodes;
    std::vector<Wire> m_wires;
    std::vector<ChainComment> m_comments;
};

} // namespace sluice
