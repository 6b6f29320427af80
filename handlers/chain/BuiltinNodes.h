#pragma once

#include <vector>

namespace sluice {

class NodeType;

/// Every kind of node that was built in, by name. The list is written by the build (cmake/Nodes.cmake).
std::vector<const NodeType *> builtinNodes();

} // namespace sluice
