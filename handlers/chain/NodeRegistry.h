#pragma once

#include "base/Result.h"
#include "node/NodeType.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// The kinds of nodes that chains can be made of. Types are never removed and outlive the registry.
class NodeRegistry
{
public:
    /// All that were built in.
    static const NodeRegistry &builtin();

    /// Refuses a name that is taken.
    Status add(const NodeType &type);

    /// Null if there is none of that name.
    const NodeType *find(std::string_view name) const;

    /// By name.
    const std::vector<const NodeType *> &types() const { return m_types; }

    /// The known name most like an unknown one; empty if none is near.
    std::string nearest(std::string_view name) const;

private:
    std::vector<const NodeType *> m_types;
};

} // namespace sluice
