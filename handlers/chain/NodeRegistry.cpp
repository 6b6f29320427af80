#include "chain/NodeRegistry.h"

#include "base/Spelling.h"
#include "chain/BuiltinNodes.h"

#include <algorithm>

namespace sluice {

const NodeRegistry &NodeRegistry::builtin()
{
    static const NodeRegistry registry = [] {
        NodeRegistry all;
        for (const NodeType *type : builtinNodes()) {
            // The build's list names each once: two of one name would not link.
            [[maybe_unused]] const Status added = all.add(*type);
        }
        return all;
    }();
    return registry;
}

Status NodeRegistry::add(const NodeType &type)
{
    const auto at = std::ranges::lower_bound(m_types, type.name(), {}, &NodeType::name);
    if (at != m_types.end() && (*at)->name() == type.name())
        return Error{"There is a node of the name \"" + type.name() + "\" already."};
    m_types.insert(at, &type);
    return {};
}

const NodeType *NodeRegistry::find(std::string_view name) const
{
    const auto found = std::ranges::find_if(m_types, [&](const NodeType *type) { return type->name() == name; });
    return found == m_types.end() ? nullptr : *found;
}

std::string NodeRegistry::nearest(std::string_view name) const
{
    std::vector<std::string> names;
    std::ranges::transform(m_types, std::back_inserter(names), &NodeType::name);
    return nearestWord(name, names);
}

} // namespace sluice
