#pragma once

#include "chain/ChainEditor.h"

#include <cstddef>
#include <vector>

namespace sluice {

/// Puts the nodes of a chain in columns, so that it reads from left to right: receivers first, what they lead to behind
/// them, handlers in the last column. What a buffer passes its records to hangs below it. Few wires cross, and the same chain is
/// always laid out the same way. Layers by longest path, order by barycentres, places by least squares (Sugiyama's
/// method); O((N + E) log N) for each of a fixed number of sweeps.
class ChainLayout
{
public:
    // Of nodes as the canvas draws them, in its units. All are multiples of the canvas' grid.
    static constexpr double nodeWidth = 200;
    static constexpr double nodeHeight = 80;
    static constexpr double columnGap = 96;
    static constexpr double rowGap = 24;
    static constexpr double hangIndent = 56;
    static constexpr double grid = 8;

    explicit ChainLayout(const Chain &chain);

    /// One place for each node, in the chain's order; the left upper corner of all is 0, 0.
    std::vector<ChainEditor::Place> places() const;

    /// Whether somebody has put nodes somewhere: not all of several lie at one place.
    static bool isPlaced(const Chain &chain);
    /// Lays a chain out that nobody has placed.
    static void placeUnplaced(Chain &chain);

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// A node with all that hangs below it, or where a long wire passes through a column.
    struct Block
    {
        std::size_t node = none;
        double height = 0;
        double width = nodeWidth;
        std::size_t layer = 0;
        double y = 0;
        double order = 0; ///< by which its column is sorted
        std::vector<std::size_t> before;
        std::vector<std::size_t> after;
    };
    struct Node
    {
        std::size_t parent = none; ///< below which it hangs
        std::vector<std::size_t> children;
        std::size_t block = none;
        double x = 0; ///< within the block
        double y = 0;
    };

    void hang();
    void makeBlocks();
    void makeLayers();
    void addPassages();
    void sortColumns();
    void placeBlocks();
    void sweep(bool rightwards);
    void alignColumn(const std::vector<std::size_t> &column, bool rightwards);
    std::size_t crossings() const;
    void renumber(const std::vector<std::size_t> &column);

    const Chain &m_chain;
    std::vector<Node> m_nodes;
    std::vector<Block> m_blocks;
    std::vector<std::pair<std::size_t, std::size_t>> m_wires; ///< between nodes, by their places
    std::vector<bool> m_isHanging;                            ///< of m_wires: from a port at the bottom
    std::vector<std::vector<std::size_t>> m_columns;
};

} // namespace sluice
