#pragma once

#include "node/NodeType.h"

#include <QJsonObject>

#include <string>

namespace sluice {

/// A node as placed in a chain.
struct ChainNode
{
    std::string id;              ///< unique in its chain; handlers and errors bear it as their name
    const NodeType *type = nullptr;
    QJsonObject params;          ///< only what differs from the defaults
    double x = 0;                ///< place of its left upper corner on the canvas
    double y = 0;

    bool operator==(const ChainNode &) const = default;
};

} // namespace sluice
