# The built-in nodes. A file that declares a node `X` defines `const NodeType &sluice::nodes::X()`;
# sluice_add_node(X) puts it on the list that the build writes. Self-registration is of no use
# here: linkers drop objects of a static library that nobody names.
function(sluice_add_node name)
    set_property(GLOBAL APPEND PROPERTY SLUICE_NODES ${name})
endfunction()

function(sluice_write_builtin_nodes output)
    get_property(names GLOBAL PROPERTY SLUICE_NODES)
    list(SORT names)
    set(declarations "")
    set(entries "")
    foreach(name IN LISTS names)
        string(APPEND declarations "const NodeType &${name}();\n")
        string(APPEND entries "        &nodes::${name}(),\n")
    endforeach()
    file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[// Written by cmake/Nodes.cmake from the sluice_add_node() lines.
#include "chain/BuiltinNodes.h"

namespace sluice {
namespace nodes {
@declarations@}

std::vector<const NodeType *> builtinNodes()
{
    return {
@entries@    };
}

} // namespace sluice
]])
endfunction()
