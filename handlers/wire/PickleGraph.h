#pragma once

#include "record/Value.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice {

/// What a pickle is building while it is being read. Python's containers change after others have
/// taken them in, and may contain themselves, so they are nodes that refer to each other by number; Values
/// are made of them at the end (PickleFinisher). Its memory is kept between pickles.
class PickleGraph
{
public:
    using NodeIndex = std::uint32_t;
    static constexpr std::uint32_t nothing = 0xFFFFFFFF;

    /// On the machine's stack and in containers: a plain value, or a node.
    struct Item
    {
        Value value;
        NodeIndex node = nothing;

        bool isNode() const { return node != nothing; }
    };

    enum class NodeKind : std::uint8_t {
        List,
        Tuple,
        Set,
        FrozenSet,
        Dict,     ///< members are keys and values in turn
        Global,   ///< `text`: module and name, never imported
        Instance, ///< would come from calling `callable`: members 0 callable, 1 arguments, 2 keywords or None
    };

    struct Node
    {
        NodeKind kind = NodeKind::List;
        enum class Progress : std::uint8_t { Unfinished, Underway, Finished } progress = Progress::Unfinished;
        bool hasState = false;
        std::uint32_t first = nothing; ///< cells of the members
        std::uint32_t last = nothing;
        std::uint32_t count = 0;
        // What was given to an Instance after it was made.
        Item state;
        NodeIndex items = nothing;   ///< a List: APPENDS and ADDITEMS
        NodeIndex entries = nothing; ///< a Dict: SETITEMS
        std::string_view text;
        // When finished.
        Value value;
        std::uint32_t height = 0;
        std::uint64_t expandedBytes = 0;
    };

    struct Cell
    {
        Item item;
        std::uint32_t next = nothing;
    };

    NodeIndex add(NodeKind kind)
    {
        m_nodes.emplace_back().kind = kind;
        return static_cast<NodeIndex>(m_nodes.size() - 1);
    }

    void append(NodeIndex to, const Item &item)
    {
        const auto cell = static_cast<std::uint32_t>(m_cells.size());
        m_cells.push_back({item, nothing});
        Node &node = m_nodes[to];
        if (node.last == nothing)
            node.first = cell;
        else
            m_cells[node.last].next = cell;
        node.last = cell;
        ++node.count;
    }

    Node &node(NodeIndex index) { return m_nodes[index]; }
    const Cell &cell(std::uint32_t index) const { return m_cells[index]; }

    /// Nodes and members so far, which is what limits count.
    std::size_t size() const { return m_nodes.size() + m_cells.size(); }

    void clear()
    {
        // One huge pickle must not hold its memory for ever.
        constexpr std::size_t keep = 16 * 1024;
        if (m_nodes.capacity() > keep)
            m_nodes = {};
        if (m_cells.capacity() > 4 * keep)
            m_cells = {};
        m_nodes.clear();
        m_cells.clear();
    }

private:
    std::vector<Node> m_nodes;
    std::vector<Cell> m_cells;
};

} // namespace sluice
