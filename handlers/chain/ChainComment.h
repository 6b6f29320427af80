#pragma once

#include <string>

namespace sluice {

/// A box with words behind the nodes of a canvas. Nodes that lie in it are its group: they move with it. It changes
/// nothing of what the chain does.
struct ChainComment
{
    std::string id;   ///< unique among nodes and comments of its chain
    std::string text; ///< may have several lines
    double x = 0;
    double y = 0;
    double width = 240; ///< at least minimumWidth
    double height = 120;

    static constexpr double minimumWidth = 80;
    static constexpr double minimumHeight = 40;

    bool operator==(const ChainComment &) const = default;
};

} // namespace sluice
